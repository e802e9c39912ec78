import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelledRows, promptSets, trainedOn } from './prompt-sets.ts';

const jsonl = (rows: readonly object[]): string => rows.map((row, id) => JSON.stringify({ id, text: `text ${id}`, ...row })).join('\n');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sets-'));
  await writeFile(
    join(folder, 'other.jsonl'),
    jsonl([{ label: 0, split: 'train' }, { label: 1, category: 'harmful_request' }, {}, { label: 1, category: 'jailbreak' }]),
  );
  await writeFile(join(folder, 'deepset.jsonl'), jsonl([{ label: 1, split: 'train' }, { label: 0, split: 'test' }, { label: 0 }]));
  await writeFile(join(folder, 'README.md'), 'no rows');
});
afterAll(() => rm(folder, { recursive: true }));

describe('promptSets', () => {
  it('names the files of rows, in order', async () => {
    expect((await promptSets(folder)).map(({ name }) => name)).toEqual(['deepset', 'other']);
  });
});

describe('labelledRows', () => {
  it('leaves out rows without a label and plain harmful requests', async () => {
    expect(await labelledRows({ name: 'other', file: join(folder, 'other.jsonl') })).toEqual([
      { id: 0, set: 'other', text: 'text 0', label: 0 },
      { id: 3, set: 'other', text: 'text 3', label: 1 },
    ]);
  });

  it("tells deepset's splits apart, of which one was trained on", async () => {
    const sets = (await labelledRows({ name: 'deepset', file: join(folder, 'deepset.jsonl') })).map(({ set }) => set);
    expect(sets.map((set) => [set, trainedOn(set)])).toEqual([
      ['deepset train', true],
      ['deepset test', false],
      ['deepset all', false],
    ]);
  });
});
