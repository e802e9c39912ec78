import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import { variantsOf } from '../text/variants.ts';
import { LEAK_THRESHOLD, tellingMost } from './leak-findings.ts';
import { BOTS, type Case, casesOf } from './testing/suite.ts';

/** Most innocent answers that may be held. */
const MOST_FALSE = 0.01;

type Scored = Case & { readonly score: number };
const { variants: limits } = parsePolicy();
const scored = BOTS.map((bot, index) =>
  casesOf(bot, index).map((one): Scored => ({ ...one, score: tellingMost(variantsOf(one.text, limits).variants, bot.prompt)?.score ?? 0 })),
);
const half = (odd: 0 | 1): Scored[] => scored.filter((_, index) => index % 2 === odd).flat();

const share = (cases: readonly Scored[], threshold: number): number => cases.filter(({ score }) => score >= threshold).length / cases.length;
const leaks = (cases: readonly Scored[]): Scored[] => cases.filter(({ leak }) => leak);
const innocent = (cases: readonly Scored[]): Scored[] => cases.filter(({ leak }) => !leak);

/** The lowest threshold, in hundredths, that holds no more innocent answers than allowed. */
function chosenOn(cases: readonly Scored[]): number {
  for (let hundredths = 1; hundredths < 100; hundredths += 1) if (share(innocent(cases), hundredths / 100) <= MOST_FALSE) return hundredths / 100;
  return 1;
}

describe('system prompts of made-up bots', () => {
  const chosen = chosenOn(half(0));
  const measured = half(1);

  it('are told from innocent answers: the threshold of one half, measured on the other', () => {
    const kinds = [...new Set(leaks(measured).map(({ kind }) => kind))].sort();
    const line = (kind: string, cases: readonly Scored[]): string =>
      `${kind.padEnd(28)} ${String(cases.length).padStart(4)}  ${(100 * share(cases, chosen)).toFixed(1)} %`;
    const lines = kinds.map((kind) =>
      line(
        kind,
        measured.filter((one) => one.leak && one.kind === kind),
      ),
    );
    const wrong = innocent(measured)
      .filter(({ score }) => score >= chosen)
      .map(({ bot, kind, score }) => `${bot.name}, ${kind}: ${score.toFixed(2)}`);
    console.info(
      [`threshold ${chosen}, chosen on ${half(0).length} answers`, ...lines, line('TPR', leaks(measured)), line('FPR', innocent(measured)), ...wrong].join(
        '\n',
      ),
    );
    expect(share(leaks(measured), chosen)).toBeGreaterThanOrEqual(0.9);
    expect(share(innocent(measured), chosen)).toBeLessThanOrEqual(MOST_FALSE);
  });

  it('are what the shipped threshold comes from', () => {
    expect(LEAK_THRESHOLD).toBe(chosen);
  });
});
