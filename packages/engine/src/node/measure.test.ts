import { parsePolicy } from '@portcullis/core';
import { expect, it, vi } from 'vitest';
import { startEngine } from '../shared/engine.ts';
import type { Runtime } from '../shared/runtime.ts';
import { measure } from '../worker/measure.ts';
import { readBundle } from './read-bundle.ts';
import { bundleFolder } from './testing/bundle-under-test.ts';
import { faultyRuntime } from './testing/faulty-runtime.ts';

// The real encoder on the real WASM runtime.
const bundle = await readBundle(bundleFolder);
const { runtime } = faultyRuntime(bundle);
/** Tokens of what the encoder was run on, in order. */
let lengths: (number | undefined)[] = [];
const watched: Runtime = {
  ...runtime,
  async load(graph, weights, on) {
    const { run } = await runtime.load(graph, weights, on);
    return {
      run(inputs) {
        if ('input_ids' in inputs) lengths.push(inputs['input_ids']?.dims[1]);
        return run(inputs);
      },
    };
  },
};
const engine = await startEngine(watched, bundle, parsePolicy());
const checkpoint = async (): Promise<void> => {};

it('times warm runs of 64 and of 256 tokens, one window each', async () => {
  lengths = [];
  const times = await measure(engine, checkpoint);
  expect(times[64]).toBeGreaterThan(0);
  expect(times[256]).toBeGreaterThan(0);
  expect(new Set(lengths)).toEqual(new Set([64, 256]));
  // Of each the first is not counted; a slow machine makes fewer of the rest.
  for (const tokens of [64, 256]) expect(lengths.filter((length) => length === tokens).length).toBeGreaterThanOrEqual(2);
  expect(lengths.length).toBeLessThanOrEqual(12);
});

it('gives the median, and makes fewer runs where they are slow', async () => {
  const clock = vi.spyOn(performance, 'now');
  let now = 0;
  clock.mockImplementation(() => now);
  const durations = [99, 5, 1, 9, 3, 7, 99, 2000];
  const slow = {
    async embed() {
      now += durations.shift() ?? Number.NaN;
      return [];
    },
  };
  expect(await measure(slow, checkpoint)).toEqual({ 64: 5, 256: 2000 });
  expect(durations).toEqual([]);
  clock.mockRestore();
});

it('ends between two runs', async () => {
  lengths = [];
  let left = 2;
  const ends = measure(engine, async () => {
    left -= 1;
    if (left < 0) throw new Error('a question came');
  });
  await expect(ends).rejects.toThrow('a question came');
  expect(lengths).toEqual([64, 64]);
});
