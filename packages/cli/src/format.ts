/** A share as a percentage with one digit; a dash for none. */
export const percent = (value: number | null): string => (value === null ? '–' : (value * 100).toFixed(1));

/** A figure with three digits; a dash for none. */
export const digits = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** A difference of two shares in percentage points, signed unless it rounds to nothing; a dash for none. */
export function points(value: number | null): string {
  if (value === null) return '–';
  const text = Math.abs(value * 100).toFixed(1);
  if (text === '0.0') return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
