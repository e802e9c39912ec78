const A = 'A'.charCodeAt(0);

/**
 * A sorted list of words in less room (front coding): of each word how many letters of the word before it are dropped at its end, `A` for none,
 * and what takes their place. `able ably about` is `AableByCout`.
 * @param words in lower-case letters, sorted, each once; none longer than 25.
 */
export function frontCoded(words: readonly string[]): string {
  return words
    .map((word, index) => {
      const before = words[index - 1] ?? '';
      let shared = 0;
      while (shared < before.length && before[shared] === word[shared]) shared++;
      return String.fromCharCode(A + before.length - shared) + word.slice(shared);
    })
    .join('');
}

/** The words of a front-coded list, in order. Blanks between words don't matter. */
export function wordsFrom(coded: string): string[] {
  let word = '';
  return (coded.match(/[A-Z][^A-Z\s]+/g) ?? []).map((step) => {
    word = word.slice(0, word.length - step.charCodeAt(0) + A) + step.slice(1);
    return word;
  });
}
