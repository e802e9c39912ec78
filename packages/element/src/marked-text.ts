import type { Mark } from '@portcullis/guard';

/** A stretch of a text, marked or not. */
export interface Stretch {
  readonly text: string;
  /** How strongly it is marked, in (0, 1]; 0 for what is not. */
  readonly weight: number;
}

/** The text in stretches: where marks overlap, the strongest counts; what lies between two marks of equal weight and is no word belongs to both. */
export function stretchesOf(text: string, marks: readonly Mark[]): readonly Stretch[] {
  const ends = new Set([0, text.length]);
  for (const { span } of marks) for (const at of span) ends.add(Math.min(at, text.length));
  const places = [...ends].sort((a, b) => a - b);
  const stretches: { text: string; weight: number }[] = [];
  for (const [index, start] of places.slice(0, -1).entries()) {
    const end = places[index + 1] ?? text.length;
    const weight = marks.reduce((most, { span, weight: own }) => (span[0] <= start && end <= span[1] ? Math.max(most, own) : most), 0);
    const [before, last] = [stretches.at(-2), stretches.at(-1)];
    if (last?.weight === weight) last.text += text.slice(start, end);
    else if (last && before?.weight === weight && weight > 0 && last.weight === 0 && !/[\p{L}\p{N}]/u.test(last.text)) {
      before.text += last.text + text.slice(start, end);
      stretches.pop();
    } else stretches.push({ text: text.slice(start, end), weight });
  }
  return stretches;
}

/** Marks in a few steps, so that neighbours that weigh about the same read as one: strong, middling, weak. */
export function stepped(marks: readonly Mark[]): readonly Mark[] {
  return marks.map((mark) => ({ ...mark, weight: mark.weight >= 0.66 ? 1 : mark.weight >= 0.4 ? 0.6 : 0.3 }));
}
