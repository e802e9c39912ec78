import type { Normalised } from '../normalise.ts';
import { type Edit, rewritten } from '../rewrite.ts';
import { knownLanguages } from '../words/languages.ts';
import { isAttackWord } from '../words/lexicon.ts';
import { isMeant, isThroughout, type Reading, type View } from './view.ts';

// Of scripts whose words have blanks between them. A mark that is a letter of its own has been composed.
const WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{4,}/gu;
/** Words of fewer letters have neighbours that are words as well (`cloud` and `could`): they are read, but are no evidence. */
const SHORTEST_EVIDENCE = 6;

/**
 * Words whose inner letters were shuffled (`ignroe prveiuos`), which models read as people do. Two known words or one that attacks need
 * must come out, or a third of all; a slip of the pen in an ordinary word is no evidence. Once that is so, words with endings are read, too.
 */
export const scrambled: View = (source, languages = knownLanguages()) => {
  const words = wordsIn(source);
  const shapes = languages.shapesFor(words.map(({ text }) => text));
  const strange = words.filter(({ text }) => !shapes.has(text));
  const readings = readingsOf(strange, (word) => shapes.wordOf(word));
  const throughout = isThroughout(readings.length, words.length);
  if (!throughout && !isMeant(readings)) return source;
  // Where every word was shuffled, one that is right may have been another, too: `form` is `from` more often than not.
  const meant = readingsOf(throughout ? words : strange, (word) => shapes.wordOf(word) ?? shapes.inflectedOf(word));
  return rewritten(
    source,
    meant.filter(({ start, text }) => !source.text.startsWith(text, start)),
  );
};

/** In lower case. */
function wordsIn({ text }: Normalised): Edit[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({ start: index, end: index + word.length, text: word.toLowerCase() }));
}

function readingsOf(words: readonly Edit[], wordOf: (word: string) => string | undefined): Reading[] {
  return words.flatMap(({ start, end, text: word }) => {
    const text = wordOf(word);
    return text === undefined ? [] : [{ start, end, text, words: isEvidence(text) ? [text] : [] }];
  });
}

function isEvidence(word: string): boolean {
  return word.length >= SHORTEST_EVIDENCE || (word.length === SHORTEST_EVIDENCE - 1 && isAttackWord(word));
}
