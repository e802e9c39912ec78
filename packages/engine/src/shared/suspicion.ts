import type { RuleFinding, Span } from '@portcullis/core';
import type { Chunk } from './signals/chunks.ts';
import type { Window } from './windows.ts';

/** A window with how much it asks to be read. */
export interface Suspect {
  readonly window: Window;
  /** Only its order counts. */
  readonly suspicion: number;
}

/** The windows of one text: what a rule points at comes before all else, then what is worded most like an attack. */
export function suspects(windows: readonly Window[], chunks: readonly Chunk[], findings: readonly RuleFinding[]): Suspect[] {
  return windows.map((window) => {
    const meets = ({ span }: { readonly span: Span }): boolean => span[0] < window.span[1] && window.span[0] < span[1];
    const worded = chunks.filter(meets).reduce((most, { logit }) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
    return { window, suspicion: findings.some(meets) ? Number.POSITIVE_INFINITY : worded };
  });
}

/** The most suspicious of too many windows, in the order of the text. The first and the last are always among them: injections are put there. */
export function mostSuspicious(all: readonly Suspect[], most: number): readonly Suspect[] {
  if (all.length <= most) return all;
  const ends = [all[0], all.at(-1)];
  const ranked = [...all].sort((a, b) => Number(ends.includes(b)) - Number(ends.includes(a)) || b.suspicion - a.suspicion);
  const kept = new Set(ranked.slice(0, most));
  return all.filter((suspect) => kept.has(suspect));
}
