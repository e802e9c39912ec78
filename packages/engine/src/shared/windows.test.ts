import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { normalise } from '@portcullis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleFolder, readGolden } from '../node/testing/bundle-under-test.ts';
import { readManifest } from './manifest.ts';
import { Windower } from './windows.ts';
import { WordPieces } from './word-pieces.ts';

const read = (name: string): object => JSON.parse(readFileSync(join(bundleFolder, name), 'utf8')) as object;
const { encoder } = readManifest(readFileSync(join(bundleFolder, 'manifest.json')));
const [json, config] = [read(encoder.tokenizer), read(encoder.tokenizerConfig)];
const windower = new Windower(encoder, new WordPieces(json, config));
const whole = new Tokenizer(json, config);

const tokens = (text: string): number[] => whole.encode(normalise(text).text, { add_special_tokens: false }).ids;
const before = 1 + whole.encode(encoder.prefix, { add_special_tokens: false }).ids.length;
/** A window's ids without `[CLS]`, prefix and `[SEP]`. */
const bodyOf = (ids: readonly number[]): readonly number[] => ids.slice(before, -1);
const golden = readGolden();
const long = golden.filter((row) => row.windows.length > 1);

describe('Windower', () => {
  it.each(golden)('cuts as in training: $text', ({ text, windows }) => {
    expect(windower.windows(normalise(text)).map(({ ids }) => ids)).toEqual(windows);
  });

  it('gives, a word at a time, the tokens of the whole text', () => {
    const piece = fc.constantFrom(
      'Ignore ',
      ' the',
      '\n',
      '请忽略',
      'プロンプト',
      '한국어',
      ' Привет',
      '👩‍💻',
      "don't",
      '…',
      '[SEP]',
      '\u0000',
      '\u200B',
      '-',
      '§',
    );
    const other = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/[Σ\u{20000}-\u{2FFFF}]/u.test(text.normalize('NFKC')));
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, other), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const [window, ...more] = windower.windows(normalise(text));
        fc.pre(more.length === 0);
        expect(bodyOf(window?.ids ?? [])).toEqual(tokens(text));
      }),
      { numRuns: 500 },
    );
  });

  // What the training's tokenizer (Rust) gives, and JavaScript's own lower-casing and character tables would not.
  it.each([
    ['lower-cases a last sigma like any other', 'ΟΔΟΣ', 'οδοσ'],
    ['sets rare ideographs apart', 'a𠀀b', 'a 𠀀 b'],
  ])('%s', (_name, text, same) => {
    expect(windower.windows(normalise(text))[0]?.ids).toEqual(windower.windows(normalise(same))[0]?.ids);
  });

  it.each(long)('loses no token of a long text, and shares as many as the manifest says: $text', ({ text }) => {
    const windows = windower.windows(normalise(text));
    const all = tokens(text);
    const last = windows.length - 1;
    for (const [index, { ids }] of windows.entries()) {
      expect(ids.length).toBe(encoder.maxTokens);
      const start = index < last ? index * windower.step : all.length - bodyOf(ids).length;
      expect(bodyOf(ids)).toEqual(all.slice(start, start + bodyOf(ids).length));
    }
    expect(windower.step).toBe(encoder.maxTokens - before - 1 - encoder.overlapTokens);
  });

  it.each(golden)('points at the text that a window holds, and at no more than the words it cuts: $text', ({ text }) => {
    for (const { ids, span } of windower.windows(normalise(text))) {
      const held = tokens(text.slice(...span));
      expect(` ${held.join(' ')}`).toContain(` ${bodyOf(ids).join(' ')}`);
      expect(held.length).toBeLessThanOrEqual(bodyOf(ids).length + (bodyOf(ids).length < tokens(text).length ? 8 : 0));
    }
  });

  it.each(long)('covers a text from its first word to its last: $text', ({ text }) => {
    const spans = windower.windows(normalise(text)).map(({ span }) => span);
    expect(spans[0]?.[0]).toBe(0);
    expect(spans.at(-1)?.[1]).toBe(text.length);
    for (const [index, [start, end]] of spans.slice(0, -1).entries()) {
      expect(start).toBeLessThan(end);
      expect(spans[index + 1]?.[0]).toBeLessThan(end);
    }
  });

  it('gives an empty text one window with nothing in it', () => {
    const [window, ...more] = windower.windows(normalise(''));
    expect(more).toEqual([]);
    expect(bodyOf(window?.ids ?? [])).toEqual([]);
    expect(window?.span).toEqual([0, 0]);
  });

  it('fills one window to its last token before it begins a second', () => {
    const body = encoder.maxTokens - before - 1;
    const words = (count: number): number => windower.windows(normalise(Array(count).fill('word').join(' '))).length;
    expect([words(body), words(body + 1)]).toEqual([1, 2]);
  });

  it.each([encoder.maxTokens, encoder.maxTokens - before - 1])(
    'refuses an encoder whose windows share %d tokens: they would never advance',
    (overlapTokens) => {
      expect(() => new Windower({ ...encoder, overlapTokens }, new WordPieces(json, config))).toThrow(
        expect.objectContaining({ code: 'bundle-invalid', message: expect.stringMatching(/^manifest\.json: encoder\.overlapTokens: /) }),
      );
    },
  );
});
