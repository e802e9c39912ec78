import type { Span } from './verdict.ts';

/** Words that a verdict hangs on. */
export interface Mark {
  /** Where they stand in the original text. */
  readonly span: Span;
  /** In (0, 1]: for words that the models reacted to, how far the score's logit falls without them, over the furthest fall; for a rule's, by its severity. */
  readonly weight: number;
  /** The rule's id, or `models`. */
  readonly by: string;
}

/** Which words of a text made its verdict. Plain data. */
export interface Attribution {
  /** Strongest first. */
  readonly marks: readonly Mark[];
  /** How often the models read the text with something left out. */
  readonly readings: number;
}
