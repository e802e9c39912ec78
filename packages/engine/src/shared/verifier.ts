import { type Backend, PortcullisError } from '@portcullis/core';
import type { ArgumentScore, Slot, ToolThresholds, VerifierWindow } from '@portcullis/core/tools';
import { type Bundle, fileOf, jsonOf } from './bundle.ts';
import { verifierArtifacts } from './manifest.ts';
import { padded } from './padded.ts';
import type { Runtime, Session } from './runtime.ts';
import { type Place, WordPieces } from './word-pieces.ts';

const BATCH = 8;

/** What the verifier says of a call's values, by path, and the share of their pieces that it read whole. */
export interface VerifierReading {
  readonly scores: ReadonlyMap<string, ArgumentScore>;
  readonly coverage: number;
}

/** Says of each word of a call whether the person asked for it. */
export interface Verifier {
  readonly thresholds: ToolThresholds;
  /**
   * Reads windows as `verifierInput` writes them. `checkpoint` is called before each batch and may throw to stop.
   * @param threshold Probability from which a word is marked.
   * @throws {PortcullisError} `inference-failed` for what is no probability.
   */
  read(windows: readonly VerifierWindow[], threshold: number, checkpoint?: () => Promise<void>): Promise<VerifierReading>;
}

/** A word with the mean probability of its tokens; none where the token limit cut it. */
interface Word extends Place {
  readonly score: number | undefined;
}

/**
 * Gets the bundle's verifier and loads it.
 * @throws {PortcullisError} `bundle-missing` where the bundle has none; what getting its files throws.
 */
export async function loadVerifier(runtime: Runtime, { manifest, more }: Pick<Bundle, 'manifest' | 'more'>): Promise<Verifier> {
  const spec = manifest.verifier;
  if (spec === undefined) throw new PortcullisError('bundle-missing', 'the bundle has no verifier of tool calls');
  const { tokenizerConfig } = manifest.encoder;
  const bundle = await more([...verifierArtifacts(manifest), tokenizerConfig]);
  const pieces = new WordPieces(jsonOf(bundle, spec.tokenizer), jsonOf(bundle, tokenizerConfig));
  const session = await runtime.load(fileOf(bundle, spec.graph), { path: spec.weights, data: fileOf(bundle, spec.weights) });
  return {
    thresholds: spec.thresholds,
    async read(windows, threshold, checkpoint) {
      const byPath = new Map<string, Word[]>();
      let [whole, slots] = [0, 0];
      for (let start = 0; start < windows.length; start += BATCH) {
        await checkpoint?.();
        const batch = windows.slice(start, start + BATCH);
        for (const [row, words] of (await readBatch(session, pieces, batch, spec.maxTokens, runtime.backend)).entries()) {
          for (const slot of batch[row]?.slots ?? []) {
            const inside = words.filter((word) => word.start >= slot.start && word.end <= slot.end);
            byPath.set(slot.path, [...(byPath.get(slot.path) ?? []), ...inside.map((word) => inValue(word, slot))]);
            slots += 1;
            whole += Number(inside.every(({ score }) => score !== undefined));
          }
        }
      }
      const scores = new Map<string, ArgumentScore>();
      for (const [path, words] of byPath) {
        const score = scoreOf(words, threshold);
        if (score !== undefined) scores.set(path, score);
      }
      return { scores, coverage: slots === 0 ? 1 : whole / slots };
    },
  };
}

/** The words of each window. */
async function readBatch(session: Session, pieces: WordPieces, windows: readonly VerifierWindow[], maxTokens: number, backend: Backend): Promise<Word[][]> {
  const read = windows.map(({ text }) => pieces.of(text));
  const rows = read.map(({ ids }) => [pieces.cls, ...ids.slice(0, maxTokens - 2), pieces.sep]);
  const { inputs, tokens } = padded(rows, backend);
  const { probability } = await session.run(inputs);
  if (probability?.length !== rows.length * tokens) {
    throw new PortcullisError('inference-failed', `the verifier gave ${probability?.length} numbers for ${rows.length} rows of ${tokens}`);
  }
  return rows.map((row, index) => {
    // Without those of the special tokens at both ends.
    const own = probability.subarray(index * tokens + 1, index * tokens + row.length - 1);
    if (own.some((value) => !(value >= 0 && value <= 1))) throw new PortcullisError('inference-failed', 'the verifier gave what is no probability');
    return wordsOf(read[index]?.places ?? [], own);
  });
}

/** The tokens of a word share its place. */
function wordsOf(places: readonly Place[], probabilities: Float32Array): Word[] {
  const words: Word[] = [];
  for (let from = 0; from < places.length; ) {
    const { start, end } = places[from] ?? { start: 0, end: 0 };
    let to = from;
    let sum = 0;
    while (places[to]?.start === start) sum += probabilities[to++] ?? Number.NaN;
    words.push({ start, end, score: Number.isNaN(sum) ? undefined : sum / (to - from) });
    from = to;
  }
  return words;
}

/** A word's place in the value that its slot is a piece of. */
const inValue = ({ start, end, score }: Word, slot: Slot): Word => ({ start: start - slot.start + slot.from, end: end - slot.start + slot.from, score });

/** A value scores as its worst word does; neighbouring words from the threshold on are one range. None of whose words was read has no score. */
function scoreOf(words: readonly Word[], threshold: number): ArgumentScore | undefined {
  const read = words.flatMap(({ score }) => (score === undefined ? [] : [score]));
  if (read.length === 0) return undefined;
  const marked: [start: number, end: number][] = [];
  let open = false;
  for (const { start, end, score = 0 } of words) {
    const last = marked.at(-1);
    if (score < threshold) open = false;
    else if (open && last) last[1] = end;
    else {
      marked.push([start, end]);
      open = true;
    }
  }
  return { score: Math.max(...read), words: marked };
}
