import type { Span } from '../../verdict.ts';
import { isAttackWord, isKnown } from '../words/lexicon.ts';

const WORD = /[A-Za-z]+/g;
const HIT = 3;
const MISS = -3;
const STRANGE = -1;
/** Evidence for a range: one attack word and one other, or three others. */
const PROOF = 3;

/**
 * Ranges whose words are known once a cipher is undone and are not as they stand. A range grows by three points for a word that the
 * cipher hides, shrinks by three for a plain one and by one for neither, and ends at zero. One pass over the text.
 * @param ciphered The known words under the cipher, in lower case, with the plain word of each.
 */
export function cipheredSpans(text: string, ciphered: ReadonlyMap<string, string>): Span[] {
  const spans: Span[] = [];
  let [start, end, score, proof] = [0, 0, 0, 0];
  // Where the words began that are not plain: they belong to what follows, and to what came before.
  let strangeFrom = -1;
  const close = (): void => {
    if (proof >= PROOF) spans.push([start, end]);
    [score, proof] = [0, 0];
  };
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const lower = word.toLowerCase();
    const known = isKnown(lower);
    const plain = known ? undefined : ciphered.get(lower);
    if (known) strangeFrom = -1;
    else if (strangeFrom < 0) strangeFrom = index;
    if (plain !== undefined) {
      if (score === 0) start = strangeFrom;
      score += HIT;
      // Short words turn into each other by chance, long ones do not.
      proof += plain.length < 4 ? 0 : isAttackWord(plain) ? 2 : 1;
    } else if (score > 0) {
      score += known ? MISS : word.length < 3 ? 0 : STRANGE;
      if (score <= 0) {
        close();
        strangeFrom = known ? -1 : index;
      }
    }
    if (score > 0 && !known) end = index + word.length;
  }
  close();
  return spans;
}
