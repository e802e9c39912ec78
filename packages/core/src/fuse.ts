import { isConcealment } from './rules/hidden-findings.ts';
import { type Finding, type RuleFinding, type Severity, type Signal, type SignalName, VOTERS } from './verdict.ts';

/**
 * What a rule of each severity adds to the score. High and critical lie above every threshold this project ships:
 * a hit of theirs alerts by itself (TUP's M3); a medium one needs the models to agree.
 */
const PATTERN_SCORE: Readonly<Record<Severity, number>> = { low: 0.1, medium: 0.35, high: 0.97, critical: 0.99 };

/** The pattern signal: the strongest rule's score; raw is the number of findings. That a text was smuggled is none: what it says is read and scored, and a person is asked anyway. */
export function patternSignal(findings: readonly RuleFinding[]): Signal {
  const telling = findings.filter((finding) => !isConcealment(finding));
  const [strongest] = telling;
  if (strongest === undefined) return { name: 'pattern', score: 0, raw: 0 };
  return { name: 'pattern', score: PATTERN_SCORE[strongest.severity], raw: telling.length, span: strongest.span };
}

/** Findings of rules and signals in one order, strongest first; a rule that alerts by itself stands before every signal: it says most. Equals stay as they were. */
export function strongestFirst<F extends Finding>(findings: readonly F[]): F[] {
  const ruled = (score: number): number => (score > 0.9 ? 1 + score : score);
  const strength = (finding: Finding): number => ('rule' in finding ? ruled(PATTERN_SCORE[finding.severity]) : finding.score);
  return findings.toSorted((a, b) => strength(b) - strength(a));
}

/** What a signal's raw figure weighs once it is z-normalised: (raw - mean) / std. */
export interface FusionFeature {
  readonly weight: number;
  readonly mean: number;
  readonly std: number;
}

/** How the learned signals join: a logistic regression over z-normalised raw figures. Signals without a feature have no say. */
export interface Fusion {
  readonly features: Readonly<Partial<Record<SignalName, FusionFeature>>>;
  readonly bias: number;
}

/** The probability of log-odds. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Probabilities are held this far from 0 and 1, where log-odds have no end. */
const EDGE = 1e-6;

/** The log-odds of a probability. */
export function logit(probability: number): number {
  const inside = Math.min(Math.max(probability, EDGE), 1 - EDGE);
  return Math.log(inside / (1 - inside));
}

/** The learned heads' logits joined: of the share of such texts that attack, without what rules say. */
export function learnedLogit(signals: readonly Signal[], { features, bias }: Fusion): number {
  const rawOf = (name: string): number => signals.find((signal) => signal.name === name)?.raw ?? Number.NaN;
  return Object.entries(features).reduce((sum, [name, { weight, mean, std }]) => sum + (weight * (rawOf(name) - mean)) / std, bias);
}

/**
 * Joins the signals into one score: the learned ones by logistic stacking (Wolpert 1992) of features normalised as AISecOps does, then
 * noisy-or with the pattern. NaN where a signal with a feature is missing: a part is no score.
 */
export function fuse(signals: readonly Signal[], fusion: Fusion): number {
  const learned = sigmoid(learnedLogit(signals, fusion));
  const pattern = signals.find((signal) => signal.name === 'pattern')?.score ?? 0;
  return 1 - (1 - learned) * (1 - pattern);
}

/**
 * Disagreement: min(2σ, 1) with the population's σ (PromptForest), over the voters and the anomaly, which raises it where a text is
 * unlike what they were trained on. A pattern that found nothing abstains.
 */
export function uncertaintyOf(signals: readonly Signal[]): number {
  const heard = ({ name, raw }: Signal): boolean => (name === 'pattern' ? raw > 0 : name === 'anomaly' || VOTERS.includes(name));
  const votes = signals.filter(heard).map((signal) => signal.score);
  if (votes.length < 2) return 0;
  const mean = votes.reduce((sum, vote) => sum + vote, 0) / votes.length;
  const variance = votes.reduce((sum, vote) => sum + (vote - mean) ** 2, 0) / votes.length;
  return Math.min(2 * Math.sqrt(variance), 1);
}
