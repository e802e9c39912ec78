import { type ConversationReading, type Degraded, errorData, type Policy, type Thresholds } from '@portcullis/core';
import {
  aligned,
  type ConversationVerdict,
  conversationThresholds,
  ruleOnTurn,
  type TextReading,
  type TurnEvidence,
  type TurnPlace,
  type UserTurn,
  unsettled,
} from '@portcullis/core/conversation';
import type { Scanned } from './engine.ts';
import { Aborted } from './judge.ts';
import type { Trajectory } from './trajectory.ts';
import type { Ruled } from './verdict-of.ts';

/** A user's turn that is about to be said. */
export interface TurnRequest extends TurnPlace {
  readonly text: string;
}

/** The verdict, and what later turns are read with; nothing where the models did not read the text. */
export interface TurnScan {
  readonly verdict: ConversationVerdict;
  readonly reading?: TextReading;
}

/** What scanning a turn takes. */
export interface TurnParts {
  readonly read: (text: string, policy: Policy) => Promise<Scanned>;
  /** Missing where the bundle has no such model; not loaded for fewer turns than it reads. */
  readonly trajectory?: { readonly minTurns: number; readonly load: () => Promise<Trajectory> };
  readonly thresholds: Thresholds;
  /** The same of the last turns read as one text. */
  readonly cumulative: Thresholds;
  /** Id of the bundle that runs. */
  readonly bundle: string;
}

/** Characters of earlier turns that are read with the new one: some four windows. */
const MOST_JOINED = 4000;

/** Scans a turn by itself, with the turns before it as one text, and by where they lead. */
export async function scanTurn(
  { read, trajectory, thresholds, cumulative: asOne, bundle }: TurnParts,
  { text, ...place }: TurnRequest,
  policy: Policy,
  checkpoint?: () => Promise<void>,
): Promise<{ readonly ruled: Ruled & { readonly conversation: ConversationReading }; readonly reading?: TextReading }> {
  const { ruled: alone, reading } = await read(text, policy);
  const evidence = reading === undefined ? { alone } : { alone, ...(await together()) };
  return { ruled: ruleOnTurn(evidence, place, policy, thresholds), ...(reading && { reading }) };

  async function together(): Promise<Omit<TurnEvidence, 'alone'>> {
    const limits = conversationThresholds(policy, thresholds, place.source);
    const own = { warn: aligned(limits.warn, thresholds, asOne), block: aligned(limits.block, thresholds, asOne) };
    const before = policy.conversation.cumulative ? textsBefore(place.earlier) : [];
    let joined: { readonly cumulative: Ruled } | undefined;
    if (before.length > 0) {
      const { user } = policy.roles;
      const { ruled } = await read([...before, text].join('\n'), { ...policy, roles: { ...policy.roles, user: { ...user, ...own } } });
      if (ruled.score === null) return { ...failed(ruled.degraded?.reason) };
      // Too long as one: nothing is known of it, while the turn itself was read.
      if (ruled.decidedBy?.kind !== 'fail') joined = { cumulative: { ...ruled, score: aligned(ruled.score, asOne, thresholds) } };
    }
    const readings = place.earlier.flatMap((turn) => (turn.bundle === bundle && turn.reading ? [turn.reading] : []));
    if (trajectory === undefined || reading === undefined || readings.length + 1 < trajectory.minTurns) return { ...joined };
    try {
      await checkpoint?.();
      const { read: follow, thresholds: own } = await trajectory.load();
      return { ...joined, trajectory: { probability: await follow([...readings, reading]), thresholds: own } };
    } catch (error) {
      if (error instanceof Aborted) throw error;
      return { ...joined, ...failed(errorData(error, 'inference-failed')) };
    }
  }
}

const failed = (reason: Degraded['reason'] | undefined): Pick<TurnEvidence, 'failure'> => (reason ? { failure: reason } : {});

/** Texts of the turns before that count, the newest that fit. */
function textsBefore(earlier: readonly UserTurn[]): readonly string[] {
  const texts: string[] = [];
  let length = 0;
  for (const { text } of unsettled(earlier).toReversed()) {
    if (text === undefined || length + text.length > MOST_JOINED) break;
    texts.unshift(text);
    length += text.length;
  }
  return texts;
}
