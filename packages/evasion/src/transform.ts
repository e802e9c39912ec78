import type { Random } from './random.ts';

/** What a transform works on: single characters, the whole text as a code, its place in some markup, or its words. */
export type Family = 'character' | 'encoding' | 'structure' | 'wording';

/** An upper bound of the result's length in UTF-16 code units: `times × (length of the text) + plus`. */
export interface Growth {
  readonly times: number;
  readonly plus: number;
}

/** One way to disguise a text. Pure: the same text and a `Random` of the same seed give the same result. Throws on no string. */
export interface Transform {
  /** Lower case with hyphens; a composition's is its parts' names, joined by `+`. */
  readonly name: string;
  readonly family: Family;
  /** Whether a person reads the text off the result without a tool, and sees it at all. */
  readonly readable: boolean;
  /** Paper or tool that it is known from. */
  readonly reference: string;
  readonly growth: Growth;
  apply(text: string, random: Random): string;
}
