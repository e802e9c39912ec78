/** Longest word that is waited for, in code units; a longer one is let out in pieces, as the rules allow. */
const LONGEST_WORD = 500;

// Scripts without case come without blanks between words, or need no word whole: nothing that the rules know is written in them.
const BREAK = /[\s\p{Lo}]/u;

// An image, a link or a tag that has begun, as far as one that is meant goes.
const MARKUP = /(?:!?\[[^\]\n]{0,300}(?:\](?:\([^()\n]{0,2000})?)?|!|<(?:[A-Za-z/!?][^<>\n]{0,400})?)$/;

/** Where, at the end of a text, something begins that nobody should see half of: a word, an image, a link, a tag, words in backticks. */
export function heldBack(text: string): number {
  return Math.min(unfinishedWord(text), MARKUP.exec(text)?.index ?? text.length, unclosedTicks(text));
}

function unfinishedWord(text: string): number {
  let at = text.length;
  while (at > 0 && text.length - at < LONGEST_WORD && !BREAK.test(text.charAt(at - 1))) at -= 1;
  return at;
}

function unclosedTicks(text: string): number {
  const line = text.lastIndexOf('\n') + 1;
  const runs = [...text.slice(line).matchAll(/`+/g)];
  return runs.length % 2 === 0 ? text.length : line + (runs.at(-1)?.index ?? 0);
}
