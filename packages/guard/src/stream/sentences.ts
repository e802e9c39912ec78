/** Where a sentence is taken for ended that does not end, in code units. */
export const LONGEST_SENTENCE = 400;

// Marks with what closes behind them, before a blank; those of Chinese and Japanese; the end of a line.
const ENDS = /[.!?…]["'”’»)\]*_`]{0,3}(?=\s)|[。！？][」』”’）]?|(?<=\S)(?=\n)/g;

/** The ends of the sentences and lines of a text, in order. */
export function sentenceEnds(text: string): readonly number[] {
  return Array.from(text.matchAll(ENDS), (match) => match.index + match[0].length);
}

/** The end of the last sentence, or line, within the first `most` units of a text; `most` itself where there is none for too long; 0 if the text must be waited for. */
export function sentenceEnd(text: string, most = text.length): number {
  const end = sentenceEnds(text).findLast((place) => place <= most) ?? 0;
  return end === 0 && most >= LONGEST_SENTENCE ? most : end;
}
