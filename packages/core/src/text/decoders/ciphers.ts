/** The letters of a text in opposite order. */
export function backwards(text: string): string {
  return [...text].reverse().join('');
}

/** A text in ROT13, which undoes itself: Latin letters half the alphabet on, all else as it is. */
export function rotated(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode((code & 31) > 13 ? code - 13 : code + 13);
  });
}
