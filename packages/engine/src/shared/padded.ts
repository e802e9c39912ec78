import type { Input } from './runtime.ts';

/** Sequence lengths that batches are padded to: GPU pipelines are built per shape. */
const BUCKETS = [32, 64, 128, 192, 256, 320, 512];

/** What a row of so many tokens is padded to by itself. */
export const paddedLength = (tokens: number): number => BUCKETS.find((bucket) => bucket >= tokens) ?? tokens;

/** Rows of token ids as the graphs take them: int32 [rows, tokens] each, padded to a bucket. */
export function padded(rows: readonly (readonly number[])[]): {
  readonly inputs: { readonly input_ids: Input; readonly attention_mask: Input };
  readonly tokens: number;
} {
  const tokens = paddedLength(Math.max(...rows.map((row) => row.length)));
  const ids = new Int32Array(rows.length * tokens);
  const mask = new Int32Array(rows.length * tokens);
  for (const [row, given] of rows.entries()) {
    ids.set(given, row * tokens);
    mask.fill(1, row * tokens, row * tokens + given.length);
  }
  const dims = [rows.length, tokens];
  return { inputs: { input_ids: { data: ids, dims }, attention_mask: { data: mask, dims } }, tokens };
}
