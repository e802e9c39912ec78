/** A text with its invisible and compatibility characters folded, and the way back to the original. */
export interface Normalised {
  readonly text: string;
  /** `offsets[i]` is the index, in the original, of the character that code unit `i` of `text` came from; one entry more than `text` has units. */
  readonly offsets: Uint32Array;
}

// Zero-width and bidi controls, soft hyphen, byte-order mark, variation selectors, tag characters: they carry no meaning to a reader.
// biome-ignore lint/suspicious/noMisleadingCharacterClass: the class names single code points, joined to nothing
const INVISIBLE = /^[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF\u{E0000}-\u{E01EF}]$/u;

/**
 * NFKC, invisible characters removed, runs of blanks folded to one, with an offset for each code unit (TUP's M1, with the way back).
 * NFKC works on each base character with its combining marks, so that offsets stay exact.
 */
export function normalise(original: string): Normalised {
  let text = '';
  const offsets: number[] = [];
  // A base character with the marks that follow it: the unit over which NFKC composes. Hangul jamo compose over a syllable.
  for (const match of original.matchAll(/[\u1100-\u11FF]+|[^\p{M}]\p{M}*|\p{M}+/gsu)) {
    const visible = [...match[0]].filter((character) => !INVISIBLE.test(character)).join('');
    const folded = visible.normalize('NFKC').replace(/[^\S\n]+/gu, ' ');
    if (folded === ' ' && text.endsWith(' ')) continue;
    for (let unit = 0; unit < folded.length; unit += 1) offsets.push(match.index);
    text += folded;
  }
  offsets.push(original.length);
  return { text, offsets: Uint32Array.from(offsets) };
}

/** Maps a half-open range of the normalised text to the original; an empty range maps to an empty one. */
export function originalSpan(normalised: Normalised, start: number, end: number): readonly [number, number] {
  const at = (index: number): number => normalised.offsets[Math.min(index, normalised.offsets.length - 1)] ?? 0;
  if (end <= start) return [at(start), at(start)];
  // The end is where the character after the range begins: a character that expanded (ﬁ → fi) is covered whole.
  let next = end;
  while (next < normalised.offsets.length - 1 && at(next) === at(end - 1)) next += 1;
  return [at(start), at(next)];
}
