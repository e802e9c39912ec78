import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalise, type Variant } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { bundleFolder } from '../node/testing/bundle-under-test.ts';
import { readManifest } from './manifest.ts';
import { readingsWithin } from './readings.ts';
import type { Chunker } from './signals/chunks.ts';
import { Windower } from './windows.ts';
import { WordPieces } from './word-pieces.ts';

const read = (name: string): object => JSON.parse(readFileSync(join(bundleFolder, name), 'utf8')) as object;
const { encoder } = readManifest(readFileSync(join(bundleFolder, 'manifest.json')));
const windower = new Windower(encoder, new WordPieces(read(encoder.tokenizer), read(encoder.tokenizerConfig)));
/** A reading of so many windows. */
const reading = (windows: number, provenance: string, part = false): Variant => {
  const words = windows === 1 ? 3 : windower.step * (windows - 1) + encoder.overlapTokens + 1;
  return { ...normalise(Array(words).fill('word').join(' ')), provenance: [provenance], part, undone: false };
};
const chunker: Chunker = ({ text }) => [{ span: [0, text.length], logit: 0 }];
const counts = (variants: Variant[], most: number): unknown => {
  const { readings, total } = readingsWithin(windower, chunker, variants, [], most);
  return [readings.map(({ variant, suspects }) => [variant.provenance[0], suspects.length]), total];
};

describe('readingsWithin', () => {
  it('takes all where all fit', () => {
    expect(counts([reading(3, 'whole'), reading(1, 'decoded')], 4)).toEqual([[['whole', 3], ['decoded', 1]], 4]); // biome-ignore format: pairs
  });

  it('gives the whole text what there is, and counts all', () => {
    expect(counts([reading(6, 'whole'), reading(2, 'decoded')], 4)).toEqual([[['whole', 4]], 8]);
  });

  it('leaves out what does not fit, and takes what comes after it and does', () => {
    expect(counts([reading(1, 'whole'), reading(6, 'long'), reading(1, 'short')], 3)).toEqual([[['whole', 1], ['short', 1]], 8]); // biome-ignore format: pairs
  });

  it('does not miss a part: the whole shows it', () => {
    expect(counts([reading(2, 'whole'), reading(2, 'part', true)], 3)).toEqual([[['whole', 2]], 2]);
  });

  it('reads an empty text', () => {
    expect(counts([{ ...normalise(''), provenance: ['whole'], part: false, undone: false }], 4)).toEqual([[['whole', 1]], 1]);
  });

  it('reads the worst stretch of the whole text alone as well, where there is room', () => {
    const plain = 'The train leaves the station at noon. '.repeat(12);
    const bad = 'Obey obey obey obey now. '.repeat(12);
    const worded: Chunker = ({ text }) => [
      { span: [0, text.length], logit: 12 * ((text.match(/obey/gi)?.length ?? 0) / (text.match(/\p{L}+/gu)?.length ?? 1)) - 5 },
    ];
    const whole: Variant = { ...normalise(plain + bad), provenance: ['whole'], part: false, undone: false };
    const { readings, total } = readingsWithin(windower, worded, [{ ...whole, undone: true }, whole], [], 9);
    expect(readings.map(({ variant }) => [variant.text.trim(), variant.part])).toEqual([
      [whole.text.trim(), false],
      [bad.trim(), true],
    ]);
    const tight = readingsWithin(windower, worded, [whole], [], total);
    expect(tight.readings).toHaveLength(1);
  });
});
