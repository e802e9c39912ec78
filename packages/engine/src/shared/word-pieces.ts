import { Tokenizer } from '@huggingface/tokenizers';
import { lately } from './lately.ts';

/** A token's word: where it begins and ends in the text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text, without special ones, and each one's word. */
export interface Pieces {
  readonly ids: readonly number[];
  readonly places: readonly Place[];
}

/** Distinct words whose tokens are kept: ordinary text repeats a few thousand. */
const KEPT = 4000;
/** UTF-16 code units of a word that is kept. Of what is longer, V8 makes no copy but a view, which would keep the whole text. */
const LONGEST_KEPT = 12;

// BERT's own pre-tokenizer sets each CJK character apart (these ranges), so cutting there changes no token and keeps spans short.
const CJK = '\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B81F}\\u{2B920}-\\u{2CEAF}\\u{2F800}-\\u{2FA1F}';
const WORDS = new RegExp(`[${CJK}]|[^\\s${CJK}]+`, 'gu');

const WHOLE = /^[a-z]+$/;

/** Tokenizes a word at a time, so that each token's place is known. */
export class WordPieces {
  private readonly tokenizer: Tokenizer;
  private readonly words = lately<readonly number[]>(KEPT);
  /** Whole words of the vocabulary in ASCII letters, the commonest first where it is sorted so, as BERT's is; none of a vocabulary that is no table. */
  readonly vocabulary: readonly string[];
  readonly cls: number;
  readonly sep: number;

  constructor(tokenizerJson: unknown, tokenizerConfig: unknown) {
    this.tokenizer = new Tokenizer(tokenizerJson as object, tokenizerConfig as object);
    const { model } = tokenizerJson as { model?: { vocab?: object } };
    this.vocabulary = Array.isArray(model?.vocab) ? [] : Object.keys(model?.vocab ?? {}).filter((word) => WHOLE.test(word));
    const [cls, sep] = this.tokenizer.encode('').ids;
    this.cls = cls ?? 101;
    this.sep = sep ?? 102;
  }

  /** The tokens of one word, or of a text whose places don't matter. */
  tokenize(word: string): readonly number[] {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    // The tokenizer of the training lower-cases a character at a time; JavaScript makes a sigma at a word's end another letter.
    const { ids } = this.tokenizer.encode(word.replaceAll('Σ', 'σ'), { add_special_tokens: false });
    if (word.length <= LONGEST_KEPT) this.words.set(word, ids);
    return ids;
  }

  of(text: string): Pieces {
    const ids: number[] = [];
    const places: Place[] = [];
    for (const match of text.matchAll(WORDS)) {
      const place = { start: match.index, end: match.index + match[0].length };
      for (const id of this.tokenize(match[0])) {
        ids.push(id);
        places.push(place);
      }
    }
    return { ids, places };
  }
}
