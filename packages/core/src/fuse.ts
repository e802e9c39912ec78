import type { Finding, RuleFinding, Severity, Signal } from './verdict.ts';

/**
 * What a rule of each severity adds to the score. High and critical lie above every threshold this project ships:
 * a hit of theirs alerts by itself (TUP's M3); a medium one needs the models to agree.
 */
const PATTERN_SCORE: Readonly<Record<Severity, number>> = { low: 0.1, medium: 0.35, high: 0.97, critical: 0.99 };

/** The pattern signal: the strongest rule's score; raw is the number of findings. */
export function patternSignal(findings: readonly RuleFinding[]): Signal {
  const strongest = findings[0];
  if (strongest === undefined) return { name: 'pattern', score: 0, raw: 0 };
  return { name: 'pattern', score: PATTERN_SCORE[strongest.severity], raw: findings.length, span: strongest.span };
}

/** Findings of rules and signals in one order, strongest first; a rule that alerts by itself stands before every signal: it says most. Equals stay as they were. */
export function strongestFirst<F extends Finding>(findings: readonly F[]): F[] {
  const ruled = (score: number): number => (score > 0.9 ? 1 + score : score);
  const strength = (finding: Finding): number => ('rule' in finding ? ruled(PATTERN_SCORE[finding.severity]) : finding.score);
  return findings.toSorted((a, b) => strength(b) - strength(a));
}

/** How the learned heads' logits join: weights and bias of a logistic regression on held-out rows. */
export interface Fusion {
  readonly weights: { readonly classifier: number; readonly lexical: number };
  readonly bias: number;
}

/**
 * Joins the signals into one score: the learned heads by logistic stacking of their logits (Wolpert 1992), then noisy-or with the
 * pattern. Anomaly speaks of oddness, not of malice: it raises the uncertainty, never the score.
 */
export function fuse(signals: readonly Signal[], { weights, bias }: Fusion): number {
  const raw = (name: Signal['name']): number => signals.find((signal) => signal.name === name)?.raw ?? Number.NaN;
  const learned = 1 / (1 + Math.exp(-(weights.classifier * raw('classifier') + weights.lexical * raw('lexical') + bias)));
  const pattern = signals.find((signal) => signal.name === 'pattern')?.score ?? 0;
  return 1 - (1 - learned) * (1 - pattern);
}

/** Disagreement of the voters: min(2σ, 1) with the population's σ (PromptForest). A pattern that found nothing abstains. */
export function uncertaintyOf(signals: readonly Signal[]): number {
  const votes = signals.filter((signal) => signal.name !== 'pattern' || signal.raw > 0).map((signal) => signal.score);
  if (votes.length < 2) return 0;
  const mean = votes.reduce((sum, vote) => sum + vote, 0) / votes.length;
  const variance = votes.reduce((sum, vote) => sum + (vote - mean) ** 2, 0) / votes.length;
  return Math.min(2 * Math.sqrt(variance), 1);
}
