const FIRST = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A value made unreadable for good: its first character and stars, always as many, so that not even its length is told; of an e-mail address, that it is one. */
export function masked(value: string): string {
  const [first] = FIRST.segment(value);
  return `${first?.segment ?? ''}***${/^[^\s@]+@[^\s@]+$/.test(value) ? '@…' : ''}`;
}
