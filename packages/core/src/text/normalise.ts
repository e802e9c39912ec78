/** A text with its invisible and compatibility characters folded, and the way back to the original. */
export interface Normalised {
  readonly text: string;
  /** `offsets[i]` is the index, in the original, of the cluster that code unit `i` of `text` came from; one entry more than `text` has units. Shared between texts: not to be written to. */
  readonly offsets: Uint32Array;
}

// Zero-width and bidi controls, soft hyphen, byte-order mark, variation selectors, tag characters, fillers: they carry no meaning to a reader.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

// What NFKC may join to the character before it, though an invisible one stands between: marks, half-width voicing marks, Hangul jamo.
const JOINS = '\\p{M}\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB\\uFF9E\\uFF9F\\u1100-\\u11FF\\u3131-\\u318E\\uFFA0-\\uFFDC';

// Letters and signs that NFKC leaves as they are: ASCII, precomposed Latin and Cyrillic, quotation marks and dashes, kana, Chinese, Hangul syllables.
const STABLE = '!-~\\n«»À-ıĴ-ľŁ-ňŊ-žА-яЀ-ҁҊ-ӿ‘-‟–-―ぁ-ゖァ-ヺ一-鿿가-힣';

// A run of those without repeated blanks, in pieces that the regular expression's stack holds with ease; or a run of blanks; or one character with all that may join it.
const CLUSTER = new RegExp(`(?<plain>(?:[${STABLE}]| (?! )){1,4096}(?![${JOINS}]))|[ \\t]+(?![${JOINS}])|[^][${JOINS}]*`, 'gu');

/**
 * NFKC, invisible characters removed, runs of blanks folded to one, with an offset for each code unit (TUP's M1, with the way back).
 * NFKC works on a character with all that may compose with it, so that the text is the same as if folded whole, and the offsets are exact.
 * Linear in the text's length.
 */
export function normalise(original: string): Normalised {
  const pieces: string[] = [];
  /** Not there as long as every unit stands where it stood: ordinary text needs none of its own. */
  let offsets: Uint32Array<ArrayBuffer> | undefined;
  let length = 0;
  let blank = false;
  let same = true;
  for (const match of original.matchAll(CLUSTER)) {
    const plain = match.groups?.['plain'];
    let piece = plain ?? fold(match[0]);
    const skipped = blank && piece.startsWith(' ') ? 1 : 0;
    if (skipped > 0) piece = piece.slice(1);
    same &&= piece.length === match[0].length && (plain !== undefined || piece === match[0]);
    if (piece === '') continue;
    const from = match.index + (plain === undefined ? 0 : skipped);
    const moved = from !== length || (plain === undefined && piece.length > 1);
    if (moved) offsets ??= roomFor(original.length, length);
    if (offsets !== undefined) {
      if (length + piece.length >= offsets.length) offsets = grown(offsets, length + piece.length);
      for (let unit = 0; unit < piece.length; unit += 1) offsets[length + unit] = from + (plain === undefined ? 0 : unit);
    }
    length += piece.length;
    blank = piece.endsWith(' ');
    pieces.push(piece);
  }
  if (same) return { text: original, offsets: unmoved(length + 1) };
  if (offsets === undefined && length < original.length) offsets = roomFor(original.length, length);
  if (offsets === undefined) return { text: pieces.join(''), offsets: unmoved(length + 1) };
  offsets[length] = original.length;
  return { text: pieces.join(''), offsets: offsets.slice(0, length + 1) };
}

function fold(cluster: string): string {
  return cluster
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[^\S\n]+/gu, ' ');
}

let natural = new Uint32Array(0);

/** 0, 1, 2, …: one table for all texts, as long as the longest so far. */
export function unmoved(length: number): Uint32Array {
  if (length > natural.length) {
    natural = new Uint32Array(Math.max(length, 2 * natural.length));
    for (let index = 0; index < natural.length; index += 1) natural[index] = index;
  }
  return natural.subarray(0, length);
}

/** Offsets for a text of so many units, the first of which stand where they stood. NFKC makes at most 18 units of one. */
function roomFor(units: number, before: number): Uint32Array<ArrayBuffer> {
  const offsets = new Uint32Array(units + 64);
  offsets.set(unmoved(before));
  return offsets;
}

function grown(offsets: Uint32Array<ArrayBuffer>, atLeast: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * atLeast + 64);
  larger.set(offsets);
  return larger;
}

/** Maps a half-open range of the normalised text to the original; an empty range maps to an empty one. */
export function originalSpan(normalised: Normalised, start: number, end: number): readonly [number, number] {
  const at = (index: number): number => normalised.offsets[Math.min(index, normalised.offsets.length - 1)] ?? 0;
  if (end <= start) return [at(start), at(start)];
  // The end is where the cluster after the range begins: a character that expanded (ﬁ → fi) is covered whole.
  let next = end;
  while (next < normalised.offsets.length - 1 && at(next) === at(end - 1)) next += 1;
  return [at(start), at(next)];
}
