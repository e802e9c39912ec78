const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/;
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const MONTH = new Map(MONTHS.flatMap((name, index) => [name, name.slice(0, 3)].map((form) => [form, String(index + 1)])));

/**
 * The words of a text as values are compared by: small letters, numbers without leading zeros, separators and ordinal endings,
 * English months as numbers, so that `2026-03-01` and "March 1st, 2026" share all of theirs.
 */
export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().replace(THOUSANDS, '').match(WORD) ?? [];
  return words.map((word) => (MONTH.get(word) ?? word).replace(ORDINAL, '$1').replace(/^0+(?=\d)/, ''));
}

/** The words that a name in code is put together from: `sendEmail`, `send_email` and `gmail.send-email` alike. */
export const wordsOfName = (name: string): string[] => wordsOf(name.replace(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' '));
