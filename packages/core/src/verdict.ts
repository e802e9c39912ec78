import type { ErrorData } from './errors.ts';

/** Half-open range of UTF-16 code units in the text as the caller gave it: `[start, end)`. */
export type Span = readonly [start: number, end: number];

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A severity's place in their order: 0 for the weakest. */
export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

export type Decision = 'allow' | 'warn' | 'block';

/** The signals that a complete verdict rests on, by name. A missing one makes the verdict `degraded`. */
export const SIGNAL_NAMES = ['classifier', 'lexical', 'trees', 'similarity', 'intent', 'anomaly', 'pattern'] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

/** Signals whose score is a vote on malice. The others are evidence: oddness, nearness to known attacks, doubt about the intent. */
export const VOTERS: readonly SignalName[] = ['classifier', 'lexical', 'trees', 'pattern'];

/** One voter's view of the text. */
export interface Signal {
  readonly name: SignalName;
  /**
   * In [0, 1]; higher is more suspicious, but for `intent`, whose entropy tells doubt only. What it means differs by signal: a
   * probability for `classifier`, a percentile for `anomaly`.
   */
  readonly score: number;
  /** The signal's own figure before normalisation: a logit, a cosine, an isolation depth score, a rule count. */
  readonly raw: number;
  /** Where in the text the signal was strongest. */
  readonly span?: Span;
}

/** Something that was found, and where: by a rule or by a signal. */
export type Finding = RuleFinding | SignalFinding;

export interface RuleFinding {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly span: Span;
  /** The offending words, as they stand in the original text. */
  readonly excerpt: string;
  /** Versioned ids, e.g. `['LLM01:2026', 'LLM01:2025']`. */
  readonly owasp: readonly string[];
  /** MITRE ATLAS ids, e.g. `['AML.T0051.000']`. */
  readonly atlas: readonly string[];
  /** NIST AI RMF references, e.g. `['MEASURE-2.7']`. */
  readonly nist?: readonly string[];
  /** EU AI Act references, e.g. `['Art. 15']`. */
  readonly euAiAct?: readonly string[];
  /** Why the severity is lower than the rule's own: the benign guard's note. */
  readonly benign?: BenignNote & { readonly was: Severity };
  /** How the text was unwrapped before the rule matched, e.g. `['base64']`; left out where it matched the text as a reader sees it. */
  readonly provenance?: readonly string[];
  /** What the rule matched once unwrapped; left out where `excerpt` says it. */
  readonly matched?: string;
}

/** How a text can speak of an attack without being one. */
export type BenignReason = 'asks-about' | 'reports' | 'prevents' | 'edits' | 'forbids' | 'narrates' | 'unwrapped';

/** What the benign guard saw, and the words that say so. */
export interface BenignNote {
  readonly reason: BenignReason;
  readonly span: Span;
}

/** A finding that the policy's allow-list cancelled, and the path of the entry: `policy.allow.phrases.0`. */
export interface AllowedFinding {
  readonly finding: RuleFinding;
  readonly by: string;
}

/** What of the policy made a decision: the field by its path, its value as `limit`. */
export type DecidedBy =
  | { readonly kind: 'rule'; readonly rule: string; readonly severity: Severity; readonly field: string; readonly limit: Severity | 'never' }
  | { readonly kind: 'score'; readonly score: number; readonly field: string; readonly limit: number }
  /** The score was past `field`, yet below `limit`, where a benign reading still counts: asked instead of blocked. */
  | { readonly kind: 'benign'; readonly score: number; readonly field: string; readonly limit: number; readonly note: BenignNote }
  /** The turn passes by itself, the conversation does not. `by`: the feature that made its risk. */
  | {
      readonly kind: 'conversation';
      readonly by: 'accumulated' | 'cumulative' | 'trajectory';
      readonly score: number;
      readonly field: string;
      readonly limit: number;
    }
  | { readonly kind: 'fail'; readonly field: string; readonly limit: 'closed' | 'open' }
  | { readonly kind: 'allowed'; readonly field: string }
  | { readonly kind: 'off'; readonly field: string }
  /** A judge's opinion on what the score left open. */
  | { readonly kind: 'judge'; readonly field: 'policy.gray'; readonly by: string; readonly was: Decision }
  | { readonly kind: 'none' };

/** What a judge, a language model, was asked about a text, and by which name the app knows it. */
export type JudgeNote =
  | { readonly by: string; readonly opinion: 'attack' | 'benign'; readonly was: Decision; readonly latencyMs: number }
  /** The verdict is as it was without. */
  | { readonly by: string; readonly failed: JudgeFailure; readonly latencyMs: number };

/**
 * `unavailable`: no judge is there. `not-allowed`: nobody consented to sending the text. `too-long`: a judge would see a part only. `no-opinion`: the
 * answer was none of the two words.
 */
export type JudgeFailure = 'unavailable' | 'not-allowed' | 'too-long' | 'timeout' | 'error' | 'no-opinion';

export interface SignalFinding {
  readonly signal: SignalName;
  readonly title: string;
  readonly score: number;
  readonly span: Span;
}

/** Why a verdict is incomplete. */
export interface Degraded {
  readonly reason: ErrorData;
  /** Signals that could not vote. */
  readonly missing: readonly SignalName[];
  /** Share of the text that the models saw, in [0, 1]; rules always see all of it. */
  readonly coverage: number;
}

/** What the turns of a conversation come to, the new one included. Scores in [0, 1]; what could not be had is left out. */
export interface ConversationReading {
  /** Number of the turn among the user's, from 1. */
  readonly turn: number;
  /** User turns that were looked at. */
  readonly turns: number;
  /** Highest score of a turn by itself; `null` without any. */
  readonly peak: number | null;
  /** The turn's score with what suspicious turns before it add. */
  readonly accumulated?: number;
  /** Score of the last turns' texts read as one; left out while there is only one, and while all of them are quiet. */
  readonly cumulative?: number;
  /** What the trajectory model says of where the turns lead, on the scale of a text's score; left out for too few turns, and where the bundle has no such model. */
  readonly trajectory?: number;
  /** The highest of the three before it; `null` where nothing could be scored. */
  readonly risk: number | null;
  /** Number of the first user turn that was held, this one or one that was sent all the same. */
  readonly caughtAt?: number;
}

/** What the guard says of one text. Plain data: it can be posted, stored and logged as it is. */
export interface Verdict {
  readonly decision: Decision;
  /** Calibrated in [0, 1]: the share of like-scored texts that attack the model. `null` when the models could not score: never invented. */
  readonly score: number | null;
  /** Probability of the side taken: `score` if it is at or above the block threshold, else `1 - score`; 0 without a score. */
  readonly confidence: number;
  /** Disagreement of the voters: min(2σ, 1) over their scores (PromptForest). */
  readonly uncertainty: number;
  readonly signals: readonly Signal[];
  /** Strongest first. */
  readonly findings: readonly Finding[];
  /** One sentence a person can read. */
  readonly reason: string;
  /** The reading that scored highest, by the steps that led to it, e.g. `['normalised', 'base64']`; left out where that is the normalised text. */
  readonly variant?: readonly string[];
  /** What of the policy made the decision. */
  readonly decidedBy?: DecidedBy;
  /** What a judge said, or why it said nothing, where the app has one and the text lies in the gray zone. */
  readonly judge?: JudgeNote;
  /** Findings that the allow-list cancelled. */
  readonly allowed?: readonly AllowedFinding[];
  /** Of a turn that was scanned in its conversation; `score` is that of the turn by itself. */
  readonly conversation?: ConversationReading;
  readonly degraded?: Degraded;
  readonly backend: Backend | 'none';
  /** Milliseconds from the engine's receipt of the text to the verdict. */
  readonly latencyMs: number;
  /** Id of the model bundle, e.g. `portcullis-e5-recipe-small@0.1.0`. */
  readonly bundle: string;
}

/** What ran the models. `wasm-threads` needs cross-origin isolation. */
export type Backend = 'webgpu' | 'wasm-threads' | 'wasm';
