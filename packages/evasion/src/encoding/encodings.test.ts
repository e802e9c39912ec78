import { createRequire } from 'node:module';
import { base32 } from '@scure/base';
import { decodeHTML } from 'entities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, randomOf } from '../random.ts';
import { ATTACKS, RUNS, seed, wellFormed } from '../testing/texts.ts';
import { TRANSFORMS } from '../transforms.ts';
import { toBase32 } from './base32.ts';
import { toBase64 } from './base64.ts';
import { toBinary } from './binary.ts';
import { toHex } from './hex.ts';
import { toEntities } from './html-entities.ts';
import { toMorse } from './morse.ts';
import { toReversed } from './reversed.ts';
import { toRot13 } from './rot13.ts';
import { toPercent } from './url-encoding.ts';

// Its own declarations are no module.
const morseDecoder = createRequire(import.meta.url)('morse-decoder') as { decode(code: string): string };
const utf8 = (bytes: Uint8Array | readonly number[]): string => Buffer.from(bytes).toString('utf8');

type Case = [name: string, encode: (text: string, random: Random) => string, decode: (code: string) => string];
const CODES: readonly Case[] = [
  ['base64', toBase64, (code) => Buffer.from(code, 'base64').toString('utf8')],
  ['base32', toBase32, (code) => utf8(base32.decode(code))],
  ['hex', toHex, (code) => Buffer.from(code.replace(/\\x| /g, ''), 'hex').toString('utf8')],
  ['url-encoding', toPercent, decodeURIComponent],
  ['rot13', toRot13, toRot13],
  ['binary', toBinary, (code) => utf8(code === '' ? [] : code.split(' ').map((bits) => Number.parseInt(bits, 2)))],
];

describe.each(CODES)('%s', (_name, encode, decode) => {
  it('decodes to the text', () => {
    fc.assert(
      fc.property(wellFormed, seed, (text, from) => {
        expect(decode(encode(text, randomOf(from)))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('shows nothing of the text', () => {
    for (const attack of ATTACKS) for (const word of attack.match(/\w{4,}/g) ?? []) expect(encode(attack, randomOf(1))).not.toContain(word);
  });
});

describe('html-entities', () => {
  it('decodes to the text', () => {
    // HTML maps control characters and a few others to something else.
    const printable = wellFormed.map((text) => text.replace(/[\p{Cc}\p{Cn}]/gu, ' '));
    fc.assert(
      fc.property(printable, seed, (text, from) => {
        expect(decodeHTML(toEntities(text, randomOf(from)))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('morse', () => {
  it('decodes to the words', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,?\'!()&:;=+-_"@/'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        expect(morseDecoder.decode(toMorse(words.join(' ').toLowerCase()))).toBe(words.join(' '));
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves what it has no sign for', () => {
    expect(toMorse('SOS 你好\n\nend')).toBe('... --- ... / 你 好 / . -. -..');
  });
});

describe('reversed', () => {
  it('is its own inverse, and keeps marks on their letters', () => {
    expect(toReversed('cafe\u0301 😊')).toBe('😊 e\u0301fac');
    const unmarked = wellFormed.map((text) => text.replace(/\p{M}/gu, ''));
    fc.assert(
      fc.property(unmarked, (text) => {
        expect(toReversed(toReversed(text))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });
});

describe.each(['morse', 'rot13'])('%s', (name) => {
  const transform = TRANSFORMS.find((one) => one.name === name);

  it('leaves a text alone whose letters it has no signs for', () => {
    const text = 'Python 函数是什么？请你用中文回答我这个问题，谢谢。';
    for (let from = 0; from < 20; from += 1) expect(transform?.apply(text, randomOf(from))).toBe(text);
  });

  it('takes one with a few of those', () => {
    expect(transform?.apply('Please translate 函数 for me', randomOf(1))).not.toContain('Please translate');
  });
});

describe('the instruction', () => {
  const encodings = TRANSFORMS.filter((transform) => transform.family === 'encoding').map((transform) => [transform.name, transform] as const);

  it.each(encodings)('comes with %s in several wordings, and names the code', (_name, transform) => {
    const frames = Array.from({ length: 60 }, (_, from) => transform.apply('', randomOf(from)));
    expect(new Set(frames).size).toBeGreaterThan(3);
    for (const frame of frames) expect(frame).toMatch(/\b(Base64|Base32|hexadecimal|URL encoding|HTML entities|ROT13|Morse code|binary|written backwards)\b/);
  });

  it('surrounds the code', () => {
    for (let from = 0; from < 20; from += 1) {
      const result = transformedBase64(from);
      expect(result).toContain(toBase64(ATTACKS[0]));
    }
  });
});

function transformedBase64(from: number): string {
  return TRANSFORMS.find((transform) => transform.name === 'base64')?.apply(ATTACKS[0], randomOf(from)) ?? '';
}
