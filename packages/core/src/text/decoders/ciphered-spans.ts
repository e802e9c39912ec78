import type { Span } from '../../verdict.ts';
import type { Normalised } from '../normalise.ts';
import { isAttackWord } from '../words/lexicon.ts';
import { wordTable } from '../words/word-table.ts';

const HIT = 3;
const MISS = -3;
const STRANGE = -1;
/** Evidence for a range: one attack word and one other, or three others; each counts once. */
const PROOF = 3;
const BREAK = /[.!?:]\s|\n/;
/** What a word of three letters counts. */
const SHORT = 0.5;
/** Letters from which chance does not turn one word into another; at least one word must have them (`pets` is `step` backwards). */
const LONG = 5;

/**
 * Ranges whose words are known once a cipher is undone and are not as they stand. A range grows by three points for a word that the
 * cipher hides, shrinks by three for a plain one and by one for neither, and ends at zero. One pass over the words.
 * @param ciphered The known words under the cipher, in lower case, with the plain word of each.
 */
export function cipheredSpans(source: Normalised, ciphered: ReadonlyMap<string, string>): Span[] {
  const spans: Span[] = [];
  const proof = new Set<string>();
  let [start, end, score] = [0, 0, 0];
  // Where the words began that are not plain: they belong to what follows, and to what came before.
  let strangeFrom = -1;
  // No plain word since the last one under the cipher: what follows a plain one belongs to the range only if more of the cipher comes.
  let unbroken = false;
  // Where the word before ended: a strange beginning reaches back over no end of a sentence.
  let before = 0;
  const close = (): void => {
    if (isProof(proof)) spans.push([start, end]);
    proof.clear();
    score = 0;
  };
  for (const word of wordTable(source)) {
    const plain = word.known ? undefined : ciphered.get(word.text);
    if (word.known) strangeFrom = -1;
    else if (strangeFrom < 0 || (score === 0 && BREAK.test(source.text.slice(before, word.start)))) strangeFrom = word.start;
    before = word.end;
    if (plain !== undefined) {
      if (score === 0) start = strangeFrom;
      score += HIT;
      proof.add(plain);
    } else if (score > 0) {
      score += word.known ? MISS : word.text.length < 3 ? 0 : STRANGE;
      if (score <= 0) {
        close();
        strangeFrom = word.known ? -1 : word.start;
      }
    }
    if (score > 0 && !word.known && (plain !== undefined || unbroken)) {
      end = word.end;
      unbroken = true;
    }
    if (word.known) unbroken = false;
  }
  close();
  return spans;
}

function isProof(words: ReadonlySet<string>): boolean {
  let [sum, long] = [0, false];
  for (const word of words) {
    sum += word.length < 4 ? SHORT : isAttackWord(word) ? 2 : 1;
    long ||= word.length >= LONG;
  }
  return long && sum >= PROOF;
}
