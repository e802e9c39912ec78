/** The dot product: of unit vectors, their cosine. */
export const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, place) => sum + value * (b[place] ?? Number.NaN), 0);
