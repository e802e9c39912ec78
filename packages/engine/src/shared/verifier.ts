import { PortcullisError } from '@portcullis/core';
import type { ArgumentScore, VerifierWindow } from '@portcullis/core/tools';
import { type Bundle, fileOf } from './bundle.ts';
import { verifierArtifacts } from './manifest.ts';
import { padded } from './padded.ts';
import type { Runtime, Session } from './runtime.ts';
import type { Place, WordPieces } from './word-pieces.ts';

const BATCH = 8;

/** Says of each word of a call whether the person asked for it. */
export interface Verifier {
  /** Score from which a value counts as not asked for. */
  readonly threshold: number;
  /**
   * Scores by path, and the share of the slots that was read whole. `checkpoint` is called before each batch and may throw to stop.
   * @throws {PortcullisError} `inference-failed` for what is no probability.
   */
  read(
    windows: readonly VerifierWindow[],
    checkpoint?: () => Promise<void>,
  ): Promise<{ readonly scores: ReadonlyMap<string, ArgumentScore>; readonly coverage: number }>;
}

/** A word of a value: its range in the value's text, and the mean probability of its tokens. */
interface Word extends Place {
  readonly score: number;
}

/**
 * Gets the bundle's verifier and loads it.
 * @throws {PortcullisError} `bundle-missing` where the bundle has none; what getting its files throws.
 */
export async function loadVerifier(runtime: Runtime, { manifest, more }: Pick<Bundle, 'manifest' | 'more'>, words: WordPieces): Promise<Verifier> {
  const spec = manifest.verifier;
  if (spec === undefined) throw new PortcullisError('bundle-missing', 'the bundle has no verifier of tool calls');
  const bundle = await more(verifierArtifacts(manifest, runtime.graph));
  const session = await runtime.load(fileOf(bundle, spec.graphs[runtime.graph]), { path: spec.weights, data: fileOf(bundle, spec.weights) });
  return {
    threshold: spec.threshold,
    async read(windows, checkpoint) {
      const found = new Map<string, Word[]>();
      let [read, all] = [0, 0];
      for (let start = 0; start < windows.length; start += BATCH) {
        await checkpoint?.();
        const batch = windows.slice(start, start + BATCH);
        const tokens = batch.map(({ text }) => words.of(text));
        const rows = tokens.map(({ ids }) => [words.cls, ...ids.slice(0, spec.maxTokens - 2), words.sep]);
        const probabilities = await run(session, rows);
        for (const [row, { slots }] of batch.entries()) {
          // The first of the row's probabilities is that of [CLS].
          const scored = wordsOf(tokens[row]?.places ?? [], probabilities[row]?.subarray(1) ?? new Float32Array(), (rows[row]?.length ?? 2) - 2);
          for (const { path, start: from, end, from: offset } of slots) {
            const inside = scored.filter((word) => word.start >= from && word.end <= end);
            const known = found.get(path) ?? [];
            found.set(path, [...known, ...inside.map((word) => ({ ...word, start: word.start - from + offset, end: word.end - from + offset }))]);
            all += 1;
            if ((scored.at(-1)?.end ?? 0) >= lastWordEnd(tokens[row]?.places ?? [], from, end)) read += 1;
          }
        }
      }
      const scores = new Map([...found].filter(([, given]) => given.length > 0).map(([path, given]) => [path, scoreOf(given, spec.threshold)]));
      return { scores, coverage: all === 0 ? 1 : read / all };
    },
  };
}

async function run(session: Session, rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
  const { inputs, tokens } = padded(rows);
  const { probability } = await session.run(inputs);
  if (probability?.length !== rows.length * tokens) {
    throw new PortcullisError('inference-failed', `the verifier gave ${probability?.length} numbers for ${rows.length} rows of ${tokens}`);
  }
  return rows.map((row, index) => {
    const own = probability.subarray(index * tokens, index * tokens + row.length);
    if (own.some((value) => !(value >= 0 && value <= 1))) throw new PortcullisError('inference-failed', 'the verifier gave what is no probability');
    return own;
  });
}

/** The mean over each word's tokens, of the first `count` tokens. */
function wordsOf(places: readonly Place[], probabilities: Float32Array, count: number): Word[] {
  const words: Word[] = [];
  let index = 0;
  while (index < count) {
    const place = places[index];
    if (place === undefined) break;
    let [sum, end] = [0, index];
    while (end < count && places[end] === place) sum += probabilities[end++] ?? 0;
    words.push({ start: place.start, end: place.end, score: sum / (end - index) });
    index = end;
  }
  return words;
}

const lastWordEnd = (places: readonly Place[], start: number, end: number): number =>
  places.findLast((place) => place.start >= start && place.end <= end)?.end ?? 0;

/** A value scores as its worst word does; neighbouring words past the threshold are marked as one range. */
function scoreOf(words: readonly Word[], threshold: number): ArgumentScore {
  const marked: [number, number][] = [];
  let before: Word | undefined;
  for (const word of words) {
    const last = marked.at(-1);
    if (word.score >= threshold) {
      if (last && before !== undefined && before.score >= threshold) last[1] = word.end;
      else marked.push([word.start, word.end]);
    }
    before = word;
  }
  return { score: Math.max(...words.map(({ score }) => score)), words: marked };
}
