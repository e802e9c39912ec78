import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inJobs } from './evasion-jobs.ts';

/** Stands for the command line: says which transforms it was asked for, on how many threads; stops short of `lost`. */
const PROCESS = `
const flag = (name) => process.argv[process.argv.indexOf(name) + 1];
const only = process.argv.slice(process.argv.indexOf('--only') + 1);
console.log(JSON.stringify({ sample: { seed: Number(flag('--seed')), threshold: 0.5, caught: 7, tried: 9, benign: 4, passed: 4 } }));
for (const name of only) if (name !== 'lost') console.log(JSON.stringify({ measured: { name, family: [flag('--threads'), flag('--jobs'), only.length].join(' '), kept: 1, passChange: 0, cutShort: 0 } }));
`;
const flags = { data: 'd', rows: 5, seed: 3, bundle: 'b', threads: 4, jobs: 2 };

let folder: string;
const script = process.argv[1] ?? '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobs-'));
  process.argv[1] = join(folder, 'process.mjs');
  await writeFile(process.argv[1], PROCESS);
});
afterAll(async () => {
  process.argv[1] = script;
  await rm(folder, { recursive: true });
});

describe('inJobs', () => {
  it('shares the transforms and the threads among processes that do not share them on, and keeps the order', async () => {
    const { sample, measured } = await inJobs(flags, ['hex', 'bidi', 'rot13']);
    expect(sample).toMatchObject({ seed: 3, caught: 7 });
    expect(measured.map(({ name, family }) => [name, family])).toEqual([['hex', '2 1 2'], ['bidi', '2 1 1'], ['rot13', '2 1 2']]); // biome-ignore format: pairs
  });

  it('fails where a process ends before it is done', async () => {
    await expect(inJobs(flags, ['hex', 'lost'])).rejects.toMatchObject({ code: 'inference-failed' });
  });
});
