import { expect, it } from 'vitest';
import { batchesOf } from './encoder.ts';

const windows = (...lengths: number[]) => lengths.map((length) => ({ ids: Array.from({ length }, () => 1), span: [0, 1] as const }));
const lengthsOf = (room: number, ...lengths: number[]) =>
  [...batchesOf(windows(...lengths), room, 'webgpu')].map((batch) => batch.map(({ ids }) => ids.length));

it('batches eight windows at the most', () => {
  expect(lengthsOf(1e6, ...Array(17).fill(256)).map((batch) => batch.length)).toEqual([8, 8, 1]);
});

it('batches as many as have room when they are padded', () => {
  expect(lengthsOf(256, 256, 200, 30, 32, 20)).toEqual([[256], [200], [30, 32, 20]]);
  expect(lengthsOf(256, 33, 100, 10)).toEqual([[33, 100], [10]]);
});

it('takes one that has none alone, and none of nothing', () => {
  expect(lengthsOf(256, 300, 300)).toEqual([[300], [300]]);
  expect(lengthsOf(256)).toEqual([]);
});
