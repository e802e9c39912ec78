import type { Span } from '../../verdict.ts';
import type { Normalised } from '../normalise.ts';

/** A range of a text that decodes to readable text. */
export interface Decoding {
  /** In the text given. */
  readonly span: Span;
  readonly text: string;
}

/** One encoding: where a text looks like it, and what it says there. Both linear; neither throws. */
export interface Decoder {
  readonly name: string;
  /** Ranges with the look of the encoding, ascending, without overlap. Cheap: `decode` judges. */
  detect(source: Normalised): Span[];
  /** What a range says, or nothing if it does not read as text. Some encodings leave two readings open. */
  decode(encoded: string): string[];
}

/** The ranges that a pattern with the flag `g` matches. */
export function spansOf(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: match, index }) => [index, index + match.length]);
}
