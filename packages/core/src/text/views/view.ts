import type { Normalised } from '../normalise.ts';
import { type Edit, rewritten } from '../rewrite.ts';
import type { Languages } from '../words/languages.ts';
import { ENOUGH_EVIDENCE, evidence } from '../words/lexicon.ts';

/**
 * A reading of a text with one disguise taken off. It returns the very object it was given when there is nothing to take off,
 * so that a caller can tell by identity; it never throws and takes linear time.
 * @param languages More words than this package knows.
 */
export type View = (source: Normalised, languages?: Languages) => Normalised;

/** A word as it stands and as it may read. */
export interface Reading extends Edit {
  /** The word that counts as evidence; more than one where blanks were set back. */
  readonly words: readonly string[];
}

/** Applies readings if together they are evidence enough that a disguise was meant: then all of them, known words or not. */
export function readAs(source: Normalised, readings: readonly Reading[]): Normalised {
  return isMeant(readings) ? rewritten(source, readings) : source;
}

/** True of readings that uncover words enough for a disguise to be meant. */
export function isMeant(readings: readonly Reading[]): boolean {
  return evidence(readings.flatMap((reading) => reading.words)) >= ENOUGH_EVIDENCE;
}

/** Words from which a disguise that most of a text wears is meant, whatever the words are: no list knows every language. */
const SEVERAL = 4;
const SHARE = 0.3;

/** True if so many `disguised` words of `all` are no accident: four, and more than the share. */
export function isThroughout(disguised: number, all: number): boolean {
  return disguised >= SEVERAL && disguised > SHARE * all;
}
