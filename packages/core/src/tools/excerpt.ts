import { wordsOf } from './words.ts';

const SENTENCE = /[^\n.!?]*(?:[.!?](?!\s)[^\n.!?]*)*[.!?\n]*/g;
const MAX_PIECE = 240;

/**
 * The parts of a text that speak of the wanted words, in their order, in at most `limit` units; all of it if it is that short.
 * @param wanted Words with their weights, as `wordsOf` has them.
 * @param last True to keep the text's last part whatever it says: of a conversation, what was asked for last.
 */
export function excerpt(text: string, wanted: ReadonlyMap<string, number>, limit: number, last: boolean): string {
  const folded = text.replace(/[^\S\n]+/g, ' ').trim();
  if (folded.length <= limit) return folded.replace(/\n+/g, ' ');
  const pieces = piecesOf(folded);
  const scored = pieces.map((piece, index) => {
    const weight = [...new Set(wordsOf(piece))].reduce((sum, word) => sum + (wanted.get(word) ?? 0), 0);
    return { piece, index, weight: last && index === pieces.length - 1 ? Number.POSITIVE_INFINITY : weight };
  });
  const chosen: { readonly piece: string; readonly index: number }[] = [];
  let room = limit;
  for (const part of scored.toSorted((a, b) => b.weight - a.weight || b.index - a.index)) {
    if (part.weight === 0 && chosen.length > 0) break;
    if (part.piece.length > room) continue;
    room -= part.piece.length + 3;
    chosen.push(part);
  }
  const ordered = chosen.toSorted((a, b) => a.index - b.index);
  return ordered.map(({ piece, index }, at) => (at > 0 && ordered[at - 1]?.index !== index - 1 ? `… ${piece}` : piece)).join(' ');
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const { 0: sentence } of text.matchAll(SENTENCE)) {
    for (let start = 0; start < sentence.length; start += MAX_PIECE) {
      const piece = sentence.slice(start, start + MAX_PIECE).trim();
      if (/[\p{L}\p{N}]{2}/u.test(piece)) pieces.push(piece);
    }
  }
  return pieces;
}
