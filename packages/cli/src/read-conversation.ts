import type { Policy, Verdict } from '@portcullis/core';
import { type ConversationState, earlierTurns, hashOf, NO_TURNS, type TurnPlace, userTurn, withTurn } from '@portcullis/core/conversation';
import type { Engine, TurnScan } from '@portcullis/engine/node';
import type { RowTurn } from './conversation-rows.ts';

/** A user's turn as it was read in its conversation. */
export interface ReadTurn {
  readonly place: TurnPlace;
  readonly verdict: TurnScan['verdict'];
}

/** A conversation as it was read: every user turn, as if each was sent whatever its verdict; and the verdicts on what others said. */
export interface ReadConversation {
  readonly turns: readonly ReadTurn[];
  readonly others: readonly Verdict[];
}

/** Reads a conversation as a page would, turn by turn. What others than the user said is scanned by itself, if `others` is true. */
export async function readConversation(engine: Engine, turns: readonly RowTurn[], policy: Policy, others = false): Promise<ReadConversation> {
  const { window } = policy.conversation;
  let state: ConversationState = NO_TURNS;
  const read: ReadTurn[] = [];
  const besides: Verdict[] = [];
  for (const { role, text } of turns) {
    const hash = hashOf(text);
    if (role !== 'user') {
      if (others) besides.push(await engine.scan(text, { role, policy }));
      state = withTurn(state, { role, hash }, window);
      continue;
    }
    const { said, caughtAt } = state;
    const place = { number: said + 1, ...(caughtAt !== undefined && { caughtAt }), earlier: earlierTurns(state, window) };
    const { verdict, reading } = await engine.scanTurn({ text, ...place }, { policy });
    read.push({ place, verdict });
    state = withTurn(state, userTurn(verdict, { number: place.number, hash, text, ...(reading && { reading }) }), window);
  }
  return { turns: read, others: besides };
}
