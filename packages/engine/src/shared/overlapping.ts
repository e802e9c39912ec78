/** Where stretches of `size` begin that cover `length` units: one step apart, the last one flush with the end; one, even of nothing. */
export function overlapping(length: number, size: number, step: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start < length - size; start += step) starts.push(start);
  return [...starts, Math.max(0, length - size)];
}
