import { type ConversationReading, type Degraded, errorData, logit, type Policy, type Thresholds } from '@portcullis/core';
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
  /** `once`: without a second look at its passages. */
  readonly read: (text: string, policy: Policy, once?: boolean) => Promise<Scanned>;
  /** Whether no rule matches a text, and nothing in it is disguised: what the models are for then is its wording alone. */
  readonly isPlain: (text: string, policy: Policy) => Promise<boolean>;
  /** Missing where the bundle has no such model; not loaded for fewer turns than it reads. */
  readonly trajectory?: { readonly minTurns: number; readonly load: () => Promise<Trajectory> };
  readonly thresholds: Thresholds;
  /** The same of the last turns read as one text. */
  readonly cumulative: Thresholds;
  /** Id of the bundle that runs. */
  readonly bundle: string;
}

/**
 * Probability of an attack below which a turn is quiet. Quiet turns are not read as one text, unless together they match a rule or take off a disguise:
 * of 2,516 conversations that were held out in training none was decided otherwise for it, and a fifth of the turns of ordinary ones are spared their
 * second reading (`python -m trajectory`).
 */
const QUIET = 0.01;
const isQuiet = (reading: TextReading | undefined): boolean => reading !== undefined && reading.logit < logit(QUIET);

/** Characters of earlier turns that are read with the new one: some four windows. */
const MOST_JOINED = 4000;

/** Scans a turn by itself, with the turns before it as one text, and by where they lead. */
export async function scanTurn(
  { read, isPlain, trajectory, thresholds, cumulative: asOne, bundle }: TurnParts,
  { text, ...place }: TurnRequest,
  policy: Policy,
  checkpoint?: () => Promise<void>,
): Promise<{ readonly ruled: Ruled & { readonly conversation: ConversationReading }; readonly reading?: TextReading }> {
  const { ruled: alone, reading } = await read(text, policy);
  const evidence = reading === undefined ? { alone } : { alone, ...(await together()) };
  return { ruled: ruleOnTurn(evidence, place, policy, thresholds), ...(reading && { reading }) };

  /** Undefined where there is nothing to join, and of quiet turns that are plain together. */
  async function readAsOne(before: readonly UserTurn[]): Promise<Ruled | undefined> {
    if (before.length === 0) return undefined;
    const limits = conversationThresholds(policy, thresholds, place.source);
    const own = { warn: aligned(limits.warn, thresholds, asOne), block: aligned(limits.block, thresholds, asOne) };
    const under = { ...policy, roles: { ...policy.roles, user: { ...policy.roles.user, ...own } } };
    const joined = [...before.map((turn) => turn.text), text].join('\n');
    // Each turn's own passages were looked at with the turn.
    const quiet = isQuiet(reading) && before.every((turn) => turn.bundle === bundle && isQuiet(turn.reading));
    return quiet && (await isPlain(joined, under)) ? undefined : (await read(joined, under, true)).ruled;
  }

  async function together(): Promise<Omit<TurnEvidence, 'alone'>> {
    const ruled = policy.conversation.cumulative ? await readAsOne(turnsBefore(place.earlier)) : undefined;
    if (ruled?.score === null) return { ...failed(ruled.degraded?.reason) };
    // Too long as one: nothing is known of it, while the turn itself was read.
    const joined = ruled && ruled.decidedBy?.kind !== 'fail' && { cumulative: { ...ruled, score: aligned(ruled.score, asOne, thresholds) } };
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

/** Turns before that count and whose text is known, the newest that fit. */
function turnsBefore(earlier: readonly UserTurn[]): readonly UserTurn[] {
  const turns: UserTurn[] = [];
  let length = 0;
  for (const turn of unsettled(earlier).toReversed()) {
    if (turn.text === undefined || length + turn.text.length > MOST_JOINED) break;
    turns.unshift(turn);
    length += turn.text.length;
  }
  return turns;
}
