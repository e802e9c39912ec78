import type { Transform } from '../transform.ts';

/** Letters of other scripts (Cyrillic, Greek, Armenian, Cherokee, a few Latin ones) that look like a Latin letter, as escapes: in the source nobody could tell them apart. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: '\u0430\u0251\u03B1',
  b: '\u0185\u042C',
  c: '\u0441\u03F2',
  d: '\u0501',
  e: '\u0435\u04BD',
  f: '\u0584',
  g: '\u0261\u0581',
  h: '\u04BB\u0570',
  i: '\u0456\u0131',
  j: '\u0458\u03F3',
  k: '\u043A',
  l: '\u04CF\u01C0',
  m: '\u043C',
  n: '\u0578\u057C',
  o: '\u043E\u03BF\u0585',
  p: '\u0440\u03C1',
  q: '\u051B\u0563',
  r: '\u0433',
  s: '\u0455',
  t: '\u0442',
  u: '\u03C5\u057D',
  v: '\u03BD\u0475',
  w: '\u051D\u0561\u0461',
  x: '\u0445',
  y: '\u0443\u04AF\u03B3',
  z: '\u1D22',
  A: '\u0410\u0391',
  B: '\u0412\u0392',
  C: '\u0421\u03F9',
  E: '\u0415\u0395',
  F: '\u03DC',
  G: '\u050C',
  H: '\u041D\u0397',
  I: '\u0406\u0399',
  J: '\u0408',
  K: '\u041A\u039A',
  L: '\u13DE',
  M: '\u041C\u039C',
  N: '\u039D',
  O: '\u041E\u039F',
  P: '\u0420\u03A1',
  Q: '\u051A',
  R: '\u13D2',
  S: '\u0405',
  T: '\u0422\u03A4',
  U: '\u054D',
  V: '\u0474',
  W: '\u051C',
  X: '\u0425\u03A7',
  Y: '\u04AE\u03A5',
  Z: '\u0396',
};

/** Half of the Latin letters are swapped for lookalikes of other scripts. */
export const homoglyph: Transform = {
  name: 'homoglyph',
  family: 'character',
  readable: true,
  reference: 'Boucher et al. 2022, Bad Characters (arXiv 2106.09898); Unicode UTS #39',
  growth: { times: 1, plus: 0 },
  apply: (text, random) =>
    text.replace(/[A-Za-z]/g, (letter) => {
      const lookalikes = LOOKALIKES[letter];
      if (lookalikes === undefined || random.chance(0.5)) return letter;
      return lookalikes.charAt(random.int(lookalikes.length));
    }),
};
