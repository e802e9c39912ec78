import { base64urlnopad, utf8 } from '@scure/base';
import { isKnown } from '../text/words/lexicon.ts';

/** Share of the entropy that its length and alphabet allow from which a key of a known form is taken for one; what a generator writes lies above 0.85. */
const TOKEN_SHARE = 0.75;
/** Bits a character that are enough whatever the length: the highest threshold of gitleaks' rules. */
const TOKEN_BITS = 4;
/** Bits a character of a value that nothing but its name makes a secret (gitleaks' generic rule). */
const CREDENTIAL_BITS = 3.5;
/** Bits a character of a password: `aaaa` is none. */
const PASSWORD_BITS = 1.5;

/** What documentation writes in place of a secret: a variable, a bracketed name, stars, or words that say so. */
const PLACEHOLDER =
  /^(?:[$%][\w({]|[<[{(]|\*{2}|\.{3})|\*{3}|\.{3}|x{4}|(?:^|[^a-z])(?:your?|my|the|some|example|sample|dummy|fake|change(?:it|me)|change[_-]?(?:it|me)|placeholder|redacted|insert|enter|replace|here|env|process|todo|null|none|undefined|true|false)(?:$|[^a-z])|example$|^(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|test|api[_-]?key|key|user(?:name)?|admin|root|foo|bar|value|string|hidden)[\d!]{0,3}$/i;

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop'];
/** Characters in order that tell typing from chance. */
const RUN = 4;

/** Shannon's entropy of a text's own characters, in bits a character; 0 for an empty one. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...text].length;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}

/** True of what fits the form of a known issuer's keys and was not typed as an example of one. */
export function isToken(matched: string): boolean {
  const alphabet =
    (/\d/.test(matched) ? 10 : 0) + (/[a-z]/.test(matched) ? lettersOf(matched, /[g-z]/) : 0) + (/[A-Z]/.test(matched) ? lettersOf(matched, /[G-Z]/) : 0);
  const least = Math.min(TOKEN_BITS, TOKEN_SHARE * Math.log2(Math.min(alphabet, matched.length)));
  return entropyOf(matched) >= least && !isRun(matched) && !/\*{3}|\.{3}|x{6}|EXAMPLE/i.test(matched);
}

const lettersOf = (text: string, beyondHex: RegExp): number => (beyondHex.test(text) ? 26 : 6);

/** True of a value that looks generated: letters and digits mixed, not names and words put together. */
export function isCredential(value: string): boolean {
  if (entropyOf(value) < CREDENTIAL_BITS || isRun(value) || PLACEHOLDER.test(value)) return false;
  const digits = value.match(/\d/g)?.length ?? 0;
  const words = (value.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g) ?? []).filter(isKnown).join('');
  return digits >= 2 && digits < value.length && 2 * words.length < value.length;
}

/** True of a value that may be a password in use: no variable, no placeholder, not one character again and again. */
export function isPassword(value: string): boolean {
  return entropyOf(value) >= PASSWORD_BITS && !PLACEHOLDER.test(value);
}

/** True of a JSON Web Token whose header and claims are JSON objects, the header with an algorithm (RFC 7519, RFC 7515). */
export function isJwt(matched: string): boolean {
  const [header, claims] = matched.split('.').map(objectIn);
  return header !== undefined && 'alg' in header && claims !== undefined;
}

function objectIn(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(utf8.encode(base64urlnopad.decode(part)));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True if half of a text or more stands in the order of the alphabet, of the digits or of a keyboard's row. */
function isRun(text: string): boolean {
  const lower = text.toLowerCase();
  let inRuns = 0;
  for (let at = 0; at < lower.length; at += 1) {
    const piece = lower.slice(at, at + RUN);
    if (piece.length === RUN && RUNS.some((run) => run.includes(piece))) inRuns += 1;
  }
  return 2 * inRuns >= text.length;
}
