import type { Backend, Degraded, Span, Verdict } from '../verdict.ts';
import type { CallProblem } from './parse-call.ts';
import type { Provenance } from './provenance.ts';

/** What to do with a call: make it, ask the person first, or not make it. */
export type ToolDecision = 'allow' | 'confirm' | 'block';

/** One value of a call, as the guard sees it. */
export interface CheckedArgument {
  /** Within `arguments`: `recipients[0]`; empty for the tool's name. */
  readonly path: string;
  /** In `ToolVerdict.json`. */
  readonly span: Span;
  /** Where its value was found. */
  readonly provenance: Provenance;
  /** Calibrated probability that the person did not ask for it; `null` where the verifier did not read it. */
  readonly score: number | null;
  /** The words in it that were not asked for, as spans in `ToolVerdict.json`. */
  readonly words: readonly Span[];
}

/** Why a call is not simply made, or a note on it. */
export interface ToolFinding {
  readonly kind: CallProblem['kind'] | 'unasked' | 'not-listed' | 'tainted' | 'level' | 'schema' | 'context';
  readonly path: string;
  readonly span: Span;
  /** One sentence a person can read. */
  readonly title: string;
  /** What it calls for by itself. */
  readonly decision: ToolDecision;
}

/** What the guard says of a call. Plain data. */
export interface ToolVerdict {
  readonly decision: ToolDecision;
  /** Of the value that was least asked for; `null` when the verifier did not read the call. */
  readonly score: number | null;
  readonly reason: string;
  /** The call's JSON, which all spans point into. Run this, not another reading of the same call. */
  readonly json: string;
  readonly tool: CheckedArgument;
  readonly arguments: readonly CheckedArgument[];
  /** Gravest first. */
  readonly findings: readonly ToolFinding[];
  /** What the prompt guard says of the context, where it was looked at. */
  readonly context?: Verdict;
  readonly degraded?: Pick<Degraded, 'reason' | 'coverage'>;
  readonly backend: Backend | 'none';
  readonly bundle: string;
  /** Milliseconds from the engine's receipt of the call to the verdict. */
  readonly latencyMs: number;
}
