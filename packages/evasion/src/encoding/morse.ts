import { instructed } from './instructed.ts';

/** International Morse code (ITU-R M.1677-1), with the signs in common use besides. */
const MORSE = new Map(
  Object.entries({
    A: '.-',
    B: '-...',
    C: '-.-.',
    D: '-..',
    E: '.',
    F: '..-.',
    G: '--.',
    H: '....',
    I: '..',
    J: '.---',
    K: '-.-',
    L: '.-..',
    M: '--',
    N: '-.',
    O: '---',
    P: '.--.',
    Q: '--.-',
    R: '.-.',
    S: '...',
    T: '-',
    U: '..-',
    V: '...-',
    W: '.--',
    X: '-..-',
    Y: '-.--',
    Z: '--..',
    0: '-----',
    1: '.----',
    2: '..---',
    3: '...--',
    4: '....-',
    5: '.....',
    6: '-....',
    7: '--...',
    8: '---..',
    9: '----.',
    '.': '.-.-.-',
    ',': '--..--',
    '?': '..--..',
    "'": '.----.',
    '!': '-.-.--',
    '/': '-..-.',
    '(': '-.--.',
    ')': '-.--.-',
    '&': '.-...',
    ':': '---...',
    ';': '-.-.-.',
    '=': '-...-',
    '+': '.-.-.',
    '-': '-....-',
    _: '..--.-',
    '"': '.-..-.',
    '@': '.--.-.',
  }),
);

/** Letters parted by a blank, words by a stroke; what Morse has no sign for stands as it is. Capitals and line ends are lost. */
export function toMorse(text: string): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return words.map((word) => Array.from(word, (letter) => MORSE.get(letter.toUpperCase()) ?? letter).join(' ')).join(' / ');
}

export const morse = instructed({
  name: 'morse',
  code: 'Morse code',
  reference: 'Yuan et al. 2023, CipherChat (arXiv 2308.06463); garak encoding.InjectMorse',
  growth: { times: 8, plus: 0 },
  encode: toMorse,
  letters: /[A-Za-z]/g,
});
