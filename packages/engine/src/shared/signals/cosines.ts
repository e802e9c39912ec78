import { PortcullisError } from '@portcullis/core';

/** The cosines between a unit vector and every row of a matrix, in order. */
export type Cosines = (embedding: Float32Array) => Float32Array;

/**
 * Exact search over int8 rows. A row keeps its direction only: each was scaled to the full range by itself, so its own length divides.
 * @throws {PortcullisError} `bundle-invalid` for bytes that are not `rows` × `dimension`, or for a row of zeros.
 */
export function cosinesTo(name: string, bytes: Uint8Array, rows: number, dimension: number): Cosines {
  if (bytes.byteLength !== rows * dimension) throw new PortcullisError('bundle-invalid', `${name} has ${bytes.byteLength} bytes, not ${rows} × ${dimension}`);
  const matrix = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengths = Float64Array.from({ length: rows }, (_, row) => Math.hypot(...matrix.subarray(row * dimension, (row + 1) * dimension)));
  if (lengths.includes(0)) throw new PortcullisError('bundle-invalid', `${name}: row ${lengths.indexOf(0)} has no direction`);
  return (embedding) =>
    Float32Array.from(lengths, (length, row) => {
      let dot = 0;
      for (let i = 0, at = row * dimension; i < dimension; i += 1, at += 1) dot += (matrix[at] ?? Number.NaN) * (embedding[i] ?? Number.NaN);
      return dot / length;
    });
}
