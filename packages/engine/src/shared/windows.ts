import { Tokenizer } from '@huggingface/tokenizers';
import { type Normalised, originalSpan, PortcullisError, type Span } from '@portcullis/core';
import type { Manifest } from './manifest.ts';
import { overlapping } from './overlapping.ts';

/** A stretch of text that fits the encoder. */
export interface Window {
  /** Token ids, `[CLS]`, prefix and `[SEP]` included. */
  readonly ids: readonly number[];
  /** Where it stands in the original text. */
  readonly span: Span;
}

interface Word {
  readonly ids: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** Distinct words whose tokens are kept; ordinary text repeats a few thousand. */
const CACHE_LIMIT = 50_000;
// BERT's own pre-tokenizer sets each CJK character apart (these ranges), so cutting there changes no token and keeps spans short.
const CJK = '\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B81F}\\u{2B920}-\\u{2CEAF}\\u{2F800}-\\u{2FA1F}';
const WORDS = new RegExp(`[${CJK}]|[^\\s${CJK}]+`, 'gu');

/** Cuts texts into the windows that the encoder was trained on, a word at a time, so that each token's place is known. */
export class Windower {
  private readonly tokenizer: Tokenizer;
  private readonly words = new Map<string, readonly number[]>();
  private readonly prefix: readonly number[];
  private readonly cls: number;
  private readonly sep: number;
  /** Tokens of text that a window holds. */
  private readonly body: number;
  /** Tokens from the start of one window to the start of the next. */
  readonly step: number;

  /** @throws {PortcullisError} `bundle-invalid` for windows that overlap whole: the next would never come. */
  constructor(spec: Manifest['encoder'], tokenizerJson: unknown, tokenizerConfig: unknown) {
    this.tokenizer = new Tokenizer(tokenizerJson as object, tokenizerConfig as object);
    const [cls, sep] = this.tokenizer.encode('').ids;
    this.cls = cls ?? 101;
    this.sep = sep ?? 102;
    this.prefix = this.tokenize(spec.prefix);
    this.body = spec.maxTokens - this.prefix.length - 2;
    this.step = this.body - spec.overlapTokens;
    if (this.step < 1) {
      throw new PortcullisError('bundle-invalid', `manifest.json: encoder.overlapTokens: ${spec.overlapTokens} of ${this.body} tokens leave no step`);
    }
  }

  private tokenize(word: string): readonly number[] {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    // The tokenizer of the training lower-cases a character at a time; JavaScript makes a sigma at a word's end another letter.
    const { ids } = this.tokenizer.encode(word.replaceAll('Σ', 'σ'), { add_special_tokens: false });
    if (this.words.size >= CACHE_LIMIT) this.words.clear();
    this.words.set(word, ids);
    return ids;
  }

  /** All windows of a text, in order; at least one, even of an empty text. */
  windows(text: Normalised): Window[] {
    const ids: number[] = [];
    const places: Word[] = [];
    for (const match of text.text.matchAll(WORDS)) {
      const word = { ids: this.tokenize(match[0]), start: match.index, end: match.index + match[0].length };
      for (const id of word.ids) {
        ids.push(id);
        places.push(word);
      }
    }
    return overlapping(ids.length, this.body, this.step).map((start) => {
      const end = Math.min(start + this.body, ids.length);
      const span = originalSpan(text, places[start]?.start ?? 0, places[end - 1]?.end ?? 0);
      return { ids: [this.cls, ...this.prefix, ...ids.slice(start, end), this.sep], span };
    });
  }
}

/** Of too many windows, those at the head and the tail: where injections are put. */
export function withinBudget(windows: readonly Window[], most: number): readonly Window[] {
  if (windows.length <= most) return windows;
  const head = Math.ceil(most / 2);
  return [...windows.slice(0, head), ...windows.slice(windows.length - (most - head))];
}
