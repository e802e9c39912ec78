const MARK = /\p{M}/u;
// A mark on no letter: what it stood on came before it once, as code points were turned and not letters.
const ASTRAY = /(?<![\p{L}\p{M}])\p{M}/u;

/** The letters of a text in opposite order, each with the marks that it bears. */
export function backwards(text: string): string {
  const bare = !MARK.test(text) || ASTRAY.test(text);
  return (bare ? [...text] : (text.match(/.\p{M}*/gsu) ?? [])).reverse().join('');
}

/** A text in ROT13, which undoes itself: Latin letters half the alphabet on, all else as it is. */
export function rotated(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode((code & 31) > 13 ? code - 13 : code + 13);
  });
}
