import type { PageText } from './page-texts.ts';

/** Longest passage that is scanned in one go, in UTF-16 code units: some four windows of the encoder. */
const PASSAGE = 4000;
/** Most of a page that is read: minutes, on a slow machine. */
const MOST = 60_000;

/** What is scanned of a page, and how much of it is left out, in UTF-16 code units. */
export interface Passages {
  readonly passages: readonly PageText[];
  readonly leftOut: number;
}

/** Cuts texts into passages at their paragraphs, what is hidden first. */
export function passagesOf(texts: readonly PageText[]): Passages {
  const unique = new Map(texts.map((text) => [JSON.stringify(text), text]));
  const hiddenFirst = [...unique.values()].sort((a, b) => Number(b.hidden !== undefined) - Number(a.hidden !== undefined));
  const passages: PageText[] = [];
  let [room, leftOut] = [MOST, 0];
  for (const { text, ...rest } of hiddenFirst) {
    for (const part of cut(text)) {
      if (part.length > room) leftOut += part.length;
      else {
        passages.push({ text: part, ...rest });
        room -= part.length;
      }
    }
  }
  return { passages, leftOut };
}

/** Pieces no longer than a passage that end where a line ends, or a word, or where they must. */
function cut(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > PASSAGE) {
    const head = rest.slice(0, PASSAGE);
    const at = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((index) => index > PASSAGE / 2) ?? PASSAGE;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest].map((part) => part.trim()).filter((part) => part !== '');
}
