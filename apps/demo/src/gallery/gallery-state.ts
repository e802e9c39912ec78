import type { Verdict } from '@portcullis/guard';
import { FAMILIES, type Specimen } from './specimens.ts';

/** What became of one specimen. */
export type Trial =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  | { readonly kind: 'failed'; readonly message: string };

export interface GalleryState {
  readonly trials: ReadonlyMap<Specimen, Trial>;
  readonly running: boolean;
}

export const INITIAL: GalleryState = { trials: new Map(), running: false };

/** How many of the specimens that were tried the guard took for what they are. */
export interface Tally {
  readonly attacks: number;
  readonly held: number;
  readonly ordinary: number;
  readonly passed: number;
}

export function tallyOf({ trials }: GalleryState): Tally {
  const tally = { attacks: 0, held: 0, ordinary: 0, passed: 0 };
  for (const specimen of FAMILIES.flatMap(({ specimens }) => specimens)) {
    const trial = trials.get(specimen);
    if (trial?.kind !== 'judged') continue;
    const held = trial.verdict.decision !== 'allow';
    if (specimen.kind === 'attack') {
      tally.attacks += 1;
      tally.held += Number(held);
    } else {
      tally.ordinary += 1;
      tally.passed += Number(!held);
    }
  }
  return tally;
}
