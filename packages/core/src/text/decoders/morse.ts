import { ENOUGH_EVIDENCE, evidence } from '../words/lexicon.ts';
import { unglued } from '../words/unglued.ts';
import { type Decoder, spansOf } from './decoder.ts';

/** Dots and dashes as NFKC leaves them. */
const SIGN = '[.\\-·•−–—_]';
/** A letter or a sign that Morse code lacks stands for itself among the others. */
const LACKED = '[#$%*<>[\\\\\\]^`{}~\\u00C0-\\uFFFB]';
const RUN = new RegExp(`${SIGN}(?:${SIGN}|[/|\\n ]|(?<=[/|\\n ])${LACKED}(?=[/|\\n ])){11,}`, 'g');
const FOREIGN = new RegExp(`^${LACKED}$`);
const CODES = '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'.split(' ');
const DIGITS = '----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.'.split(' ');
const SIGNS = Object.entries({
  '.-.-.-': '.', '--..--': ',', '..--..': '?', '.----.': "'", '-.-.--': '!', '-..-.': '/', '-.--.': '(', '-.--.-': ')', '.-...': '&', '---...': ':',
  '-.-.-.': ';', '-...-': '=', '.-.-.': '+', '-....-': '-', '..--.-': '_', '.-..-.': '"', '.--.-.': '@',
}); // biome-ignore format: pairs
const LETTERS = new Map([
  ...SIGNS,
  ...CODES.map((code, nth) => [code, String.fromCharCode(97 + nth)] as const),
  ...DIGITS.map((code, nth) => [code, String(nth)] as const),
]);

/** Different letters that lines and borders never spell; a message without a known word has them. */
const DIFFERENT = 8;

/** International Morse code (ITU-R M.1677), words set apart by `/` or `|` or by nothing. Rules and table borders have its look and spell no word. */
export const morse: Decoder = {
  name: 'morse',
  detect: ({ text }) => spansOf(text, RUN),
  decode: (encoded) => {
    const words = encoded
      .replace(/[·•]/g, '.')
      .replace(/[−–—_]/g, '-')
      .split(/[/|\n]/)
      .map((word) => {
        const letters = word.split(' ').filter((code) => code !== '');
        return letters.map((code) => LETTERS.get(code) ?? (FOREIGN.test(code) ? code : '')).join('');
      })
      .filter((word) => word !== '');
    const read = words.length > 1 ? words : unglued(words[0] ?? '');
    return evidence(read) >= ENOUGH_EVIDENCE || new Set(words.join('').replace(/[^a-z0-9]/g, '')).size >= DIFFERENT ? [read.join(' ')] : [];
  },
};
