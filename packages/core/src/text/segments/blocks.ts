import { type Segment, type SegmentKind, trimmed } from './segment.ts';

/** Opens a block of code on a line of its own (CommonMark 0.31, section 4.5). */
export const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const QUOTE = /^ {0,3}>/;
const HTML = /^ {0,3}<(?:!doctype|!--|\/?(?:html|head|body|div|p|table|tr|td|ul|ol|li|section|article|header|footer|form|script|style|span|h[1-6])\b)/i;
const TABLE = /^ {0,3}\|.*\|\s*$/;
// JSON's and YAML's lines: a key, a bracket alone, an item of data.
const DATA = /^\s*(?:["'][^"'\n]{1,80}["'] ?: |[[{}\]][\]},]?\s*$|[\w-]{1,40}: \S|- [\w-]{1,40}: )/;
/** Lines of data in a row that make a document; one `note: text` does not. */
const DATA_LINES = 3;

/**
 * Fenced code, block quotes, HTML, tables and data of a text, and the text between. Kinds are told line by line, so that this is linear
 * and what is not closed ends with the text.
 */
export function blocks(text: string): Segment[] {
  const segments: Segment[] = [];
  let kind: SegmentKind = 'text';
  let from = 0;
  let fence = '';
  const turn = (next: SegmentKind, at: number): void => {
    if (next === kind) return;
    segments.push(...trimmed(text, kind, from, at));
    [kind, from] = [next, at];
  };
  const lines = [...text.matchAll(/[^\n]*\n?/g)].filter(({ 0: line }) => line !== '');
  const data = dataLines(lines.map(({ 0: line }) => line));
  lines.forEach(({ 0: line, index }, nth) => {
    const marks = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '') {
      // A fence closes with the mark that opened it, alone on its line and at least as long.
      if (!marks.startsWith(fence) || line.trim() !== marks) return;
      fence = '';
      segments.push(...trimmed(text, 'code', from, index));
      [kind, from] = ['text', index + line.length];
    } else if (marks !== '') {
      turn('text', index);
      segments.push(...trimmed(text, kind, from, index));
      fence = marks;
      [kind, from] = ['code', index + line.length];
    } else if (QUOTE.test(line)) turn('quotation', index);
    else if (HTML.test(line)) turn('html', index);
    else if (data[nth] === true || TABLE.test(line)) turn('data', index);
    else if (line.trim() === '' || kind !== 'html') turn(line.trim() === '' && kind === 'html' ? 'html' : 'text', index);
  });
  return [...segments, ...trimmed(text, kind, from, text.length)];
}

/** Which lines are data: those in a row of at least three that look like it. */
function dataLines(lines: readonly string[]): boolean[] {
  const data = lines.map((line) => DATA.test(line));
  for (let from = 0; from < data.length; from += 1) {
    let to = from;
    while (data[to] === true) to += 1;
    if (to - from < DATA_LINES) data.fill(false, from, to);
    from = Math.max(from, to);
  }
  return data;
}
