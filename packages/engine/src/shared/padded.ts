import type { Backend } from '@portcullis/core';
import type { Input } from './runtime.ts';

/** Sequence lengths that batches are padded to on a GPU: its pipelines are built per shape. */
const BUCKETS = [32, 64, 128, 192, 256, 320, 512];
/** On WASM every token that is padded is computed; but for each shape the runtime keeps where its tensors lie, so that these are not to be too many. */
const STEP = 8;

/** What a row of so many tokens is padded to by itself. */
export function paddedLength(tokens: number, backend: Backend): number {
  return backend === 'webgpu' ? (BUCKETS.find((bucket) => bucket >= tokens) ?? tokens) : Math.ceil(tokens / STEP) * STEP;
}

/** Rows of token ids as the graphs take them: int32 [rows, tokens] each, padded. */
export function padded(
  rows: readonly (readonly number[])[],
  backend: Backend,
): {
  readonly inputs: { readonly input_ids: Input; readonly attention_mask: Input };
  readonly tokens: number;
} {
  const tokens = paddedLength(Math.max(...rows.map((row) => row.length)), backend);
  const ids = new Int32Array(rows.length * tokens);
  const mask = new Int32Array(rows.length * tokens);
  for (const [row, given] of rows.entries()) {
    ids.set(given, row * tokens);
    mask.fill(1, row * tokens, row * tokens + given.length);
  }
  const dims = [rows.length, tokens];
  return { inputs: { input_ids: { data: ids, dims }, attention_mask: { data: mask, dims } }, tokens };
}
