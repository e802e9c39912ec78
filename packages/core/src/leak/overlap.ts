import type { Span } from '../verdict.ts';
import { type PromptIndex, SHINGLE, shingleOf } from './prompt-index.ts';
import { type PlacedWord, placedWords, stemOf, weightOf } from './words.ts';

/** What an answer has in common with a system prompt. */
export interface Overlap {
  /** Words of the longest run that both have. */
  readonly longestRun: number;
  /** Share of the prompt's shingles that the answer has (containment, Broder 1997), in [0, 1]. */
  readonly containment: number;
  /** How much of the prompt's orders the answer gives away, in [0, 1): see `LEAK_THRESHOLD`. */
  readonly score: number;
  /** Where in the text it does: from the first to the last that counts, close parts together. Empty if nothing does. */
  readonly spans: readonly Span[];
}

/** What a word is worth that informs the reader, beside one that orders the model: a bot may well tell its opening hours. */
const FACT = 0.3;
/** Words of a run from which on it is copied, whatever it speaks of; shorter ones are turns of phrase, for the most part. */
const COPIED = 7;
const SHORT_RUN = 0.25;
/** Share of a sentence's weight from which it counts as told, and from which wholly so. */
const TOLD: Span = [0.4, 0.8];
/** Weight of verbatim words, and of sentences told, that make a score of one half. */
const HALF = 16;
/** Weight from which a word is more than grammar: a leak begins and ends with such a one. */
const CONTENT = 0.5;
/** Characters between two parts of a leak that are still one. */
const NEAR = 160;

/** Ways to speak of one's own instructions, in an answer. */
const OWN_ORDERS =
  /\b(?:my|these|the|initial|hidden|original)\s(?:\w{1,12}\s){0,2}(?:instructions?|prompt|rules|guidelines|directives|orders|brief)\b|\bi(?:\sam|['’]m|\shave\sbeen|['’]ve\sbeen|\swas)\s(?:\w{1,12}\s)?(?:told|instructed|asked|supposed|meant|required|directed|ordered|configured|set\sup|to)\b|\bi\s(?:must|should|shall)\b|\byou\s(?:must|should)\snever\b|\b(?:never|always)\b/giu;
/** How much more a retold sentence counts where the answer speaks of its orders again and again. */
const OWN_ORDERS_FACTOR = 0.15;
const MOST_OWN_ORDERS = 6;

/**
 * Holds one reading of an answer against a system prompt: verbatim by runs of shingles, retold by the words of each sentence that one stretch of
 * the answer says again. Spans are of the reading. Linear in its length.
 *
 * An encoder joins here: the likeness of a sentence's embedding to the stretch's is a third kind of evidence, beside `runs` and `retold`.
 */
export function overlapWith(prompt: PromptIndex, text: string): Overlap {
  const words = placedWords(text);
  const runs = runsOf(prompt, words);
  const retold = retoldIn(prompt, words, text);
  const own = Math.min(text.match(OWN_ORDERS)?.length ?? 0, MOST_OWN_ORDERS);
  const worth = worthOf(runs.parts) + (1 + OWN_ORDERS_FACTOR * own) * worthOf(retold);
  return {
    longestRun: runs.longest,
    containment: prompt.shingles.size === 0 ? 0 : runs.shared / prompt.shingles.size,
    score: worth / (worth + HALF),
    spans: joined([...runs.parts, ...retold].filter((part) => part.worth >= 1).map(({ span }) => span)),
  };
}

interface Part {
  readonly span: Span;
  readonly worth: number;
}

const worthOf = (parts: readonly Part[]): number => parts.reduce((sum, { worth }) => sum + worth, 0);

/** Runs of words that the prompt has, too. */
function runsOf({ shingles, sentences }: PromptIndex, words: readonly PlacedWord[]): { parts: Part[]; longest: number; shared: number } {
  const parts: Part[] = [];
  const shared = new Set<string>();
  let longest = 0;
  let from = -1;
  const close = (to: number): void => {
    if (from < 0) return;
    const run = words.slice(from, to);
    longest = Math.max(longest, run.length);
    const inOrders = run.map((_, at) => sentences[shingles.get(shingleAt(words, Math.min(from + at, to - SHINGLE))) ?? -1]?.directive ?? false);
    const worth = run.reduce((sum, { word }, at) => sum + weightOf(word) * (inOrders[at] || at >= COPIED ? 1 : FACT), 0);
    parts.push({ span: [run[0]?.start ?? 0, run.at(-1)?.end ?? 0], worth: run.length < COPIED ? SHORT_RUN * worth : worth });
    from = -1;
  };
  for (let at = 0; at + SHINGLE <= words.length; at += 1) {
    const shingle = shingleAt(words, at);
    if (shingles.has(shingle)) {
      shared.add(shingle);
      if (from < 0) from = at;
    } else close(at + SHINGLE - 1);
  }
  close(words.length);
  return { parts, longest, shared: shared.size };
}

const shingleAt = (words: readonly PlacedWord[], at: number): string => shingleOf(words.slice(at, at + SHINGLE).map(({ word }) => word));

/** For each sentence of the prompt the stretch of the answer that says most of it again, if that is enough. A stretch is a sentence, or two. */
function retoldIn({ stems, sentences }: PromptIndex, words: readonly PlacedWord[], text: string): Part[] {
  const best = new Map<number, { share: number; stretch: readonly PlacedWord[] }>();
  const parts = stretchesOf(words, text);
  parts.forEach((part, index) => {
    const stretch = [...(parts[index - 1] ?? []), ...part];
    const heard = new Map<number, number>();
    for (const [stem, weight] of new Map(stretch.map(({ word }) => [stemOf(word), weightOf(word)]))) {
      for (const sentence of stems.get(stem) ?? []) heard.set(sentence, (heard.get(sentence) ?? 0) + weight);
    }
    for (const [sentence, weight] of heard) {
      const share = weight / (sentences[sentence]?.weight ?? 1);
      if (share > (best.get(sentence)?.share ?? TOLD[0])) best.set(sentence, { share, stretch });
    }
  });
  return [...best].map(([sentence, { share, stretch }]) => {
    const { weight, directive } = sentences[sentence] ?? { weight: 0, directive: false };
    const own = stretch.filter(({ word }) => weightOf(word) >= CONTENT && stems.get(stemOf(word))?.includes(sentence));
    const span: Span = [own[0]?.start ?? 0, own.at(-1)?.end ?? 0];
    return { span, worth: weight * (directive ? 1 : FACT) * Math.min(1, (share - TOLD[0]) / (TOLD[1] - TOLD[0])) };
  });
}

/** The words of each sentence of an answer. */
function stretchesOf(words: readonly PlacedWord[], text: string): PlacedWord[][] {
  const stretches: PlacedWord[][] = [[]];
  let last = 0;
  for (const word of words) {
    if (/[.!?\n。！？]/.test(text.slice(last, word.start)) && stretches.at(-1)?.length !== 0) stretches.push([]);
    stretches.at(-1)?.push(word);
    last = word.end;
  }
  return stretches;
}

function joined(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1] + NEAR) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
