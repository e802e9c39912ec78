/**
 * A score or a threshold in [0, 1] with two decimals; a dash where there is none. Both are cut: a score that reaches its threshold never reads as
 * less, and none is rounded up over one.
 */
export function scoreText(value: number | null): string {
  return value === null ? '–' : (Math.floor(value * 100 + 1e-9) / 100).toFixed(2);
}
