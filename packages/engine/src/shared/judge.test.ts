import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languagesFrom, logit, normalise, type SignalName, sigmoid, type Variant } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { bundleFolder } from '../node/testing/bundle-under-test.ts';
import { judge, type Limits, type Models } from './judge.ts';
import { readManifest } from './manifest.ts';
import type { Scan } from './signals/signal.ts';
import { Windower } from './windows.ts';
import { WordPieces } from './word-pieces.ts';

const read = (name: string): object => JSON.parse(readFileSync(join(bundleFolder, name), 'utf8')) as object;
const { encoder: spec } = readManifest(readFileSync(join(bundleFolder, 'manifest.json')));
const words = new WordPieces(read(spec.tokenizer), read(spec.tokenizerConfig));
const OBEY = words.tokenize('obey')[0];

const share = (ids: readonly number[]): number => ids.filter((id) => id === OBEY).length / ids.length;
const sum = (ids: readonly number[]): number => ids.filter((id) => id === OBEY).length / 30;

/** Models that score a text by the share of its words that say `obey`: such a text is diluted by others in its window, as real ones are. By the sum, two texts in one window look worse than each. */
function models(read: string[] = [], measure = share): Models {
  return {
    languages: languagesFrom(''),
    windower: new Windower(spec, words),
    encoder: { dimension: 1, embed: async (windows) => windows.map(({ ids }) => Float32Array.of(measure(ids))) },
    chunker: ({ text }) => [{ span: [0, text.length], logit: 0 }],
    voters: [
      async ({ normalised, windows, embeddings }: Scan) => {
        read.push(normalised.text.trim());
        const score = Math.max(...embeddings.map(([value]) => value ?? 0));
        return { signal: { name: 'classifier' as SignalName, score, raw: 20 * score - 5.5, span: windows[0]?.span ?? [0, 0] }, findings: [] };
      },
    ],
    fusion: { features: { classifier: { weight: 1, mean: 0, std: 1 } }, bias: 0 },
  };
}

const LIMITS = { maxTokens: 10_000, maxReadings: 32, block: 0.5 } satisfies Limits;
const textOf = (text: string): Variant => ({ ...normalise(text), provenance: ['normalised'], part: false, undone: false });
const ORDER = 'obey obey now and obey and obey or else obey';
const WEATHER = 'the train leaves at noon and the sun is out over the harbour';

describe('judge looks a second time where a text leaves a doubt', () => {
  it('reads its passages alone, and scores as the worst of them', async () => {
    const read: string[] = [];
    const text = `${WEATHER}\n\n${ORDER}`;
    const judged = await judge(models(read), [textOf(text)], [], LIMITS);
    expect(read).toEqual([normalise(text).text, WEATHER, ORDER]);
    const alone = await judge(models(), [textOf(ORDER)], [], LIMITS);
    expect(judged.score).toBe(alone.score);
    expect(judged.score).toBeGreaterThan(LIMITS.block);
    expect([judged.coverage, judged.provenance]).toEqual([1, ['normalised']]);
    expect(text.slice(...(judged.signals[0]?.span ?? []))).toBe(ORDER);
  });

  it.each<[string, string, Partial<Limits>]>([
    ['nothing is suspicious', `${WEATHER}\n\n${WEATHER}`, {}],
    ['it blocks as it is', `${ORDER}\n\n${ORDER}`, {}],
    ['it has one paragraph', `${WEATHER} ${ORDER}`, {}],
    ['nobody asks for it', `${WEATHER}\n\n${ORDER}`, { block: 0 }],
    ['time is up', `${WEATHER}\n\n${ORDER}`, { deadline: 0 }],
    ['the policy takes no more readings', `${WEATHER}\n\n${ORDER}`, { maxReadings: 2 }],
    ['the policy takes no more tokens', `${WEATHER}\n\n${ORDER}`, { maxTokens: 100 }],
  ])('and not where %s', async (_name, text, limits) => {
    const read: string[] = [];
    await judge(models(read), [textOf(text)], [], { ...LIMITS, ...limits });
    expect(read).toHaveLength(1);
  });

  it('takes the mean of the log-odds where the whole blocks, not by far, and no passage would', async () => {
    const [five, four] = [`${'obey '.repeat(5)}${WEATHER}`, `${WEATHER}${' obey'.repeat(4)}`];
    const of = async (text: string, limits: Partial<Limits> = {}): Promise<number> =>
      (await judge(models([], sum), [textOf(text)], [], { ...LIMITS, ...limits })).score;
    const [whole, worst] = [await of(`${five}\n\n${four}`, { maxReadings: 1 }), await of(five)];
    expect(whole).toBeGreaterThan(LIMITS.block);
    expect(worst).toBeLessThan(LIMITS.block);
    expect(await of(`${five}\n\n${four}`)).toBeCloseTo(sigmoid((logit(whole) + logit(worst)) / 2));
  });

  it('takes another reading by its own passages, not by those of the text that it stands in', async () => {
    const page = textOf(`${WEATHER}\n\n${WEATHER}`);
    const hidden: Variant = { ...textOf(`${'obey '.repeat(9)}${WEATHER}`), provenance: ['normalised', 'html-comment'] };
    const alone = await judge(models([], sum), [hidden], [], LIMITS);
    expect(alone.score).toBeGreaterThan(LIMITS.block);
    expect((await judge(models([], sum), [page, hidden], [], LIMITS)).score).toBe(alone.score);
  });

  it('keeps the score of the whole where no passage has a higher one', async () => {
    const text = `${WEATHER} obey obey obey obey\n\n${WEATHER} obey obey obey obey obey`;
    const { score } = await judge(models(), [textOf(text)], [], { ...LIMITS, block: 0.99 });
    const once = await judge(models(), [textOf(text)], [], { ...LIMITS, maxReadings: 1 });
    expect(score).toBeGreaterThanOrEqual(once.score);
  });
});
