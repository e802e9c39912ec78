import type { ConversationReading, Decision, ErrorData, Policy, Verdict } from '@portcullis/core';
import {
  type ConversationState,
  type ConversationVerdict,
  earlierTurns,
  hashOf,
  NO_TURNS,
  ruleOnTurn,
  type SaidTurn,
  type TurnPlace,
  userTurn,
  userTurns,
  withTurn,
} from '@portcullis/core/conversation';
import { abortable, type TurnRequest, type TurnScan, vouchFor, vouchLike } from '@portcullis/engine';
import type { Conversation, ScanOptions } from '../guard.ts';
import { unscored } from '../unscored.ts';
import type { TurnStore } from './turn-store.ts';

/** What of a guard its conversations are made with. */
export interface ConversationParts {
  readonly policy: Policy;
  readonly scan: (text: string, options: ScanOptions) => Promise<Verdict>;
  readonly scanTurn: (request: TurnRequest, signal: AbortSignal | undefined) => Promise<TurnScan>;
  /** The verdict on a turn after a judge's opinion, where the app has one and the turn leaves room for it. */
  readonly judge: (text: string, verdict: Verdict, signal: AbortSignal | undefined) => Promise<Verdict>;
  /** Why nothing could look at a text; throws where that is no failure: an abort, a closed guard. */
  readonly failureOf: (thrown: unknown, signal: AbortSignal | undefined) => ErrorData;
}

/** Texts that were scanned and may be said next. */
const MOST_DRAFTS = 8;

/** One conversation. What is asked of it is done in order, so that a turn that was said counts in every scan that is asked for after it. */
export function openConversation(id: string, store: TurnStore, { policy, scan, scanTurn, judge, failureOf }: ConversationParts): Omit<Conversation, 'id'> {
  const { window } = policy.conversation;
  /** By the text's hash, the latest last. */
  const drafts = new Map<string, TurnScan>();
  let tail: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const done = tail.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    tail = done.catch(() => {});
    return abortable(done, signal);
  };
  const now = async (): Promise<ConversationState> => (await store.read(id)) ?? NO_TURNS;

  const scanUser = async (text: string, { source, signal }: ScanOptions): Promise<TurnScan> => {
    const { said, caughtAt, ...state } = await now();
    const place = { number: said + 1, ...(caughtAt !== undefined && { caughtAt }), earlier: earlierTurns({ said, ...state }, window) };
    const started = performance.now();
    try {
      const scanned = await scanTurn({ text, ...(source !== undefined && { source }), ...place }, signal);
      const verdict = await judge(text, scanned.verdict, signal);
      return { ...scanned, verdict: vouchLike({ ...verdict, conversation: heldSince(scanned.verdict, verdict.decision, place) }, verdict) };
    } catch (error) {
      const alone = unscored(failureOf(error, signal), policy.fail, performance.now() - started);
      return { verdict: vouchFor(ruleOnTurn({ alone }, place, policy, { warn: 1, block: 1 }), text) };
    }
  };

  const add = (turn: (state: ConversationState) => SaidTurn): Promise<void> => store.change(id, (state = NO_TURNS) => withTurn(state, turn(state), window));

  return {
    scan: (text, options = {}) =>
      inOrder(async () => {
        if ((options.role ?? 'user') !== 'user') {
          const alone = await scan(text, options);
          return vouchLike({ ...alone, conversation: summaryOf(await now()) }, alone);
        }
        const scanned = await scanUser(text, options);
        const hash = hashOf(text);
        drafts.delete(hash);
        drafts.set(hash, scanned);
        const [oldest] = drafts.keys();
        if (drafts.size > MOST_DRAFTS && oldest !== undefined) drafts.delete(oldest);
        return scanned.verdict;
      }, options.signal),
    said: (text, { role = 'user', signal } = {}) =>
      inOrder(async () => {
        const hash = hashOf(text);
        if (role !== 'user') return add(() => ({ role, hash }));
        const { verdict, reading } = drafts.get(hash) ?? (await scanUser(text, { ...(signal && { signal }) }));
        await add(({ said }) => userTurn(verdict, { number: said + 1, hash, text, ...(reading && { reading }) }));
        // What was scanned before this was said was scanned without it.
        drafts.clear();
      }, signal),
    turns: () => inOrder(async () => (await now()).turns),
    forget: () =>
      inOrder(() => {
        drafts.clear();
        return store.forget(id);
      }),
  };
}

/** What the turns come to, by the decision that stands: a judge's opinion may hold a turn, or let it go. */
function heldSince(
  { conversation }: ConversationVerdict,
  decision: Decision,
  { number, caughtAt }: Pick<TurnPlace, 'number' | 'caughtAt'>,
): ConversationReading {
  const { caughtAt: _, ...reading } = conversation;
  const caught = caughtAt ?? (decision === 'allow' ? undefined : number);
  return { ...reading, ...(caught !== undefined && { caughtAt: caught }) };
}

/** What the user's turns have come to; what others say adds nothing to it. */
function summaryOf(state: ConversationState): ConversationVerdict['conversation'] {
  const turns = userTurns(state);
  const scores = turns.flatMap(({ score }) => score ?? []);
  return {
    turn: state.said,
    turns: turns.length,
    peak: scores.length === 0 ? null : Math.max(...scores),
    risk: turns.at(-1)?.risk ?? null,
    ...(state.caughtAt !== undefined && { caughtAt: state.caughtAt }),
  };
}

/** The conversations of one guard, each once. */
export function openConversations(store: TurnStore, parts: ConversationParts): (id: string) => Omit<Conversation, 'id'> {
  const open = new Map<string, Omit<Conversation, 'id'>>();
  return (id) => {
    const conversation = open.get(id) ?? openConversation(id, store, parts);
    open.set(id, conversation);
    return conversation;
  };
}
