import { type Normalised, originalSpan, PortcullisError, type Span } from '@portcullis/core';
import type { Manifest } from './manifest.ts';
import { overlapping } from './overlapping.ts';
import type { WordPieces } from './word-pieces.ts';

/** A stretch of text that fits the encoder. */
export interface Window {
  /** Token ids, `[CLS]`, prefix and `[SEP]` included. */
  readonly ids: readonly number[];
  /** Where it stands in the original text. */
  readonly span: Span;
}

/** Cuts texts into the windows that the encoder was trained on. */
export class Windower {
  private readonly prefix: readonly number[];
  /** Tokens of text that a window holds. */
  private readonly body: number;
  /** Tokens from the start of one window to the start of the next. */
  readonly step: number;

  /** @throws {PortcullisError} `bundle-invalid` for windows that overlap whole: the next would never come. */
  constructor(
    spec: Manifest['encoder'],
    private readonly words: WordPieces,
  ) {
    this.prefix = words.tokenize(spec.prefix);
    this.body = spec.maxTokens - this.prefix.length - 2;
    this.step = this.body - spec.overlapTokens;
    if (this.step < 1) {
      throw new PortcullisError('bundle-invalid', `manifest.json: encoder.overlapTokens: ${spec.overlapTokens} of ${this.body} tokens leave no step`);
    }
  }

  /** All windows of a text, in order; at least one, even of an empty text. */
  windows(text: Normalised): Window[] {
    const { cls, sep } = this.words;
    const { ids, places } = this.words.of(text.text);
    return overlapping(ids.length, this.body, this.step).map((start) => {
      const end = Math.min(start + this.body, ids.length);
      const span = originalSpan(text, places[start]?.start ?? 0, places[end - 1]?.end ?? 0);
      return { ids: [cls, ...this.prefix, ...ids.slice(start, end), sep], span };
    });
  }
}
