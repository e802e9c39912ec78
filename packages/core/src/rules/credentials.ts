import { base64urlnopad, utf8 } from '@scure/base';
import { isKnown } from '../text/words/lexicon.ts';

/** Share of the entropy that chance gives characters drawn from an alphabet: what is below it was typed. */
const CHANCE_SHARE = 0.78;
/** Bits that a short key may stay below that by chance: six standard deviations, which are about 4 bits over the number of characters. */
const CHANCE_BITS = 24;
/** Bits a character of a value that nothing but its name makes a secret (gitleaks' generic rule). */
const CREDENTIAL_BITS = 3.5;
/** Bits a character of a password: `aaaa` is none. */
const PASSWORD_BITS = 1.5;

/** What documentation writes in place of a secret: a variable, a bracketed name, stars, or words that say so. */
const PLACEHOLDER =
  /^(?:[$%][\w({]|[<[{(]|\*{2}|\.{3})|\*{3}|\.{3}|x{4}|(?:^|[^a-z])(?:your?|my|the|some|example|sample|dummy|fake|change(?:it|me)|change[_-]?(?:it|me)|placeholder|redacted|insert|enter|replace|here|env|process|todo|null|none|undefined|true|false)(?:$|[^a-z])|example$|^(?:(?:my|our|the|a)[-_]?)?(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|test|api[_-]?key|key|user(?:name)?|admin|root|foo|bar|value|string|hidden)[\d!]{0,3}$/i;

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const RUNS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];
/** Characters in order that tell typing from chance. */
const RUN = 4;
/** Longest piece that is looked for again and again. */
const MOST_REPEATED = 16;
/**
 * What documentation writes in a key: stars, dots, crosses, a word by itself that asks for the key, or AWS's word for its examples where it begins or ends
 * one. In the midst of a key it hides nothing: what stands around it is still the key.
 */
const FILLER =
  /\*{3}|\.{3}|x{6}|(?:^|[-_.])EXAMPLE|EXAMPLE(?:KEY)?=*$|(?:^|[-_.])(?:your|replace|insert|sample|dummy|fake|placeholder|redacted|change[-_]?(?:me|it))(?:[-_.]|$)/i;

/** Shannon's entropy of a text's own characters, in bits a character; 0 for an empty one. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...text].length;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}

/** Entropy to be expected of characters drawn from an alphabet by chance, in bits a character: the mean of `entropyOf` over all such texts. */
export function expectedEntropy(length: number, alphabet: number): number {
  const share = 1 / alphabet;
  let probability = (1 - share) ** length;
  let repeated = 0;
  for (let count = 1; count <= length; count += 1) {
    probability *= (((length - count + 1) / count) * share) / (1 - share);
    repeated += probability * count * Math.log2(count);
  }
  return Math.log2(length) - (alphabet * repeated) / length;
}

/**
 * True of what fits the form of a known issuer's keys and was not typed as an example of one. The first quarter may be the issuer's prefix; what stands
 * behind it must be as mixed as chance makes it.
 */
export function isToken(matched: string): boolean {
  const random = matched.slice(Math.floor(matched.length / 4));
  const alphabet =
    (/\d/.test(random) ? 10 : 0) + (/[a-z]/.test(random) ? lettersOf(random, /[g-z]/) : 0) + (/[A-Z]/.test(random) ? lettersOf(random, /[G-Z]/) : 0);
  const expected = expectedEntropy(random.length, Math.max(alphabet, 2));
  const least = Math.min(CHANCE_SHARE * expected, expected - CHANCE_BITS / random.length);
  return entropyOf(random) >= least && !FILLER.test(matched) && !isTyped(matched);
}

const lettersOf = (text: string, beyondHex: RegExp): number => (beyondHex.test(text) ? 26 : 6);

/** True of what was typed in place of a key: characters in order, or one piece again and again. */
function isTyped(text: string): boolean {
  const letters = text.replace(/[^a-z]/gi, '');
  const digits = text.replace(/\D/g, '');
  // `a1b2c3d4`: both in order, one between the other.
  const interleaved = letters.length > RUN && digits.length > RUN && isRun(letters) && isRun(digits);
  return interleaved || isRun(text) || isRepeated(text);
}

/** True if one piece, again and again, makes most of a text. */
function isRepeated(text: string): boolean {
  for (let period = 1; period <= Math.min(MOST_REPEATED, text.length / 3); period += 1) {
    let same = 0;
    for (let at = period; at < text.length; at += 1) if (text[at] === text[at - period]) same += 1;
    if (4 * same >= 3 * (text.length - period)) return true;
  }
  return false;
}

/** A name with a version behind it, as packages and files have one: `token:auth-helper-2.10.3-beta1`. */
const RELEASE = /^[a-z][a-z_.-]*-v?\d{1,4}(?:\.\d{1,4}){1,3}(?:[-.][a-z]{1,12}\d{0,3})?$/i;

/** True of a value that looks generated: letters and digits mixed, not names and words put together. */
export function isCredential(value: string): boolean {
  if (entropyOf(value) < CREDENTIAL_BITS || isTyped(value) || PLACEHOLDER.test(value) || RELEASE.test(value)) return false;
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

/** True if a third of a text or more stands in the order of the alphabet, of the digits or of a keyboard's row, or backwards. */
function isRun(text: string): boolean {
  const lower = text.toLowerCase();
  let inRuns = 0;
  for (let at = 0; at < lower.length; at += 1) {
    const piece = lower.slice(at, at + RUN);
    if (piece.length === RUN && RUNS.some((run) => run.includes(piece))) inRuns += 1;
  }
  return 3 * inRuns >= text.length;
}
