import type { Span } from '../verdict.ts';

// What tokens are made of; a full stop only between them.
const TOKEN = /(?:[A-Za-z0-9_+/=~-]|\.(?=[A-Za-z0-9]))*/y;

const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/;
// Lines of Base64, set apart by breaks, by the two characters that stand for one in JSON, or by blanks; then the last line, or as much of it as there is.
const KEY_BODY =
  /[A-Za-z0-9+/=]*(?:(?:\\r)?(?:\r?\n|\\n)[ \t>]{0,8}[A-Za-z0-9+/=]+(?=[\s"'`\\]|$)| [A-Za-z0-9+/=]{24,})*(?:[\s\\rn]{0,6}(?:-----END [A-Z ]{1,40}-{1,5}|-{0,5}(?:E(?:N(?:D[A-Z ]{0,40})?)?)?$))?/y;

const runFrom = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
};

/**
 * The whole of what a rule matched the beginning of: patterns ask for as many characters as tell a key, redaction wants all of them. To the end of the
 * token, and of a private key's lines. It only grows.
 */
export function extentOf(text: string, [start, end]: Span): Span {
  const inToken = /[A-Za-z0-9_+/=~-]/.test(text.charAt(end - 1));
  const token = inToken ? runFrom(TOKEN, text, end) : end;
  // The match may begin behind the line that says what follows.
  const head = text.slice(Math.max(0, start - 400), end);
  return [start, PRIVATE_KEY.test(head) && !head.includes('-----END') ? Math.max(token, runFrom(KEY_BODY, text, end)) : token];
}
