import { expect, it } from 'vitest';
import { padded, paddedLength } from './padded.ts';

it('pads to few lengths on a GPU, and hardly on WASM', () => {
  expect([1, 32, 33, 129, 321, 600].map((tokens) => paddedLength(tokens, 'webgpu'))).toEqual([32, 32, 64, 192, 512, 600]);
  expect([1, 32, 33, 129, 321].map((tokens) => paddedLength(tokens, 'wasm'))).toEqual([8, 32, 40, 136, 328]);
});

it('masks what it padded', () => {
  const { inputs, tokens } = padded([[5, 6, 7], [...Array(9).keys()]], 'wasm');
  expect([tokens, inputs.input_ids.dims, inputs.attention_mask.dims]).toEqual([16, [2, 16], [2, 16]]);
  expect([...inputs.input_ids.data].slice(0, 5)).toEqual([5, 6, 7, 0, 0]);
  const mask = [...inputs.attention_mask.data];
  expect([mask.slice(0, 16), mask.slice(16)].map((row) => row.reduce((sum, one) => sum + one, 0))).toEqual([3, 9]);
});
