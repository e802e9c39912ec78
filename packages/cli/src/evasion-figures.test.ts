import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresIn, merged } from './evasion-figures.ts';

const sample = { seed: 1, threshold: 0.6964, caught: 20, tried: 31, benign: 50, passed: 48 };
const measured = (name: string, kept: number) => ({ name, family: 'character', kept, passChange: 0, cutShort: 0 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'figures-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(...lines: readonly (object | string)[]): Promise<string> {
  const path = join(folder, 'figures.jsonl');
  await writeFile(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return path;
}

describe('figuresIn', () => {
  it('reads what a run has printed until it was cut short', async () => {
    expect(await figuresIn(await file({ sample }, { measured: measured('bidi', 1) }))).toEqual({ sample, measured: [measured('bidi', 1)] });
    expect(await figuresIn(await file({ sample }))).toEqual({ sample, measured: [] });
  });

  it.each([
    ['nothing', [], /no sample/],
    ['figures without their sample', [{ measured: measured('bidi', 1) }], /no sample/],
    ['another kind of line', [{ sample }, { id: 4 }], /\{"id":4\} is neither/],
    ['a table', ['| bidi | character |'], /figures\.jsonl: no figures of evasion --json: /],
  ])('refuses a file of %s', async (_what, lines, message) => {
    await expect(figuresIn(await file(...lines))).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringMatching(message) });
  });

  it('refuses a file that there is not', async () => {
    await expect(figuresIn(join(folder, 'absent'))).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringContaining('absent') });
  });
});

describe('merged', () => {
  it('orders by the names, leaves out what was not asked for, and takes the last of two', () => {
    const parts = [
      { sample, measured: [measured('hex', 0.5), measured('bidi', 1)] },
      { sample: { ...sample }, measured: [measured('rot13', 0), measured('hex', 1)] },
    ];
    expect(merged(parts, ['bidi', 'hex'])).toEqual({ sample, measured: [measured('bidi', 1), measured('hex', 1)] });
  });

  it('refuses figures of different samples, and none', () => {
    const parts = [sample, { ...sample, tried: 40 }].map((one) => ({ sample: one, measured: [] }));
    expect(() => merged(parts, [])).toThrow('different samples: tried is 31 and 40');
    expect(() => merged([], ['hex'])).toThrow('no transform');
  });
});
