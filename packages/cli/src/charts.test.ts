import type { Signal, SignalName } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { charts } from './charts.ts';
import type { Measured } from './metrics.ts';

const signal = (name: SignalName, score: number): Signal => ({ name, score, raw: 0 });
const row = (label: 0 | 1, score: number): Measured => ({
  set: 's',
  label,
  score,
  blocked: score >= 0.5,
  signals: [signal('classifier', score), signal('lexical', score / 2), signal('trees', 1 - score), signal('pattern', 0)],
});
const rows = Array.from({ length: 200 }, (_, place) => row(place % 3 === 0 ? 1 : 0, ((place * 37) % 200) / 199));

describe('charts', async () => {
  const drawn = await charts(rows);
  const [roc, reliability] = drawn;

  it('name each curve with the area under it', () => {
    for (const name of ['joined', 'classifier', 'lexical', 'trees', 'pattern']) expect(roc?.svg).toMatch(new RegExp(`>${name} \\(0\\.\\d{3}\\)<`));
    expect(roc?.svg.match(/<path [^>]*stroke=/g)?.length).toBeGreaterThanOrEqual(5);
  });

  it('have a dot for each bin with rows, and the diagonal', () => {
    expect(reliability?.svg.match(/<circle /g)).toHaveLength(15);
    expect(reliability?.svg).toContain('stroke-dasharray="4 4"');
  });

  it('are SVG by themselves, without a number that is none', () => {
    for (const { svg, alt } of drawn) {
      expect(svg).toContain(`aria-label="${alt}"`);
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
