import type { Span } from '../../verdict.ts';

/** How a text was hidden or smuggled. */
export const HIDDEN_KINDS = [
  'tag-characters',
  'variation-selectors',
  'zero-width',
  'bidi',
  'css-hidden',
  'html-comment',
  'markdown-comment',
  'alt-text',
  'link-title',
] as const;
export type HiddenKind = (typeof HIDDEN_KINDS)[number];

/** A text that a person does not see and a model reads. */
export interface HiddenText {
  readonly kind: HiddenKind;
  /** Where it stands in the original text: from the first to the last character that carries it. */
  readonly span: Span;
  /** What it says; empty if it cannot be decoded. */
  readonly text: string;
}

/** Finds one kind of hidden text in an original text, in ascending order. Linear, and never throws. */
export type HiddenFinder = (original: string) => HiddenText[];
