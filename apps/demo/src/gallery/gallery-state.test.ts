import type { Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { INITIAL, type Trial, tallyOf } from './gallery-state.ts';
import { FAMILIES, type Specimen } from './specimens.ts';

const specimens = FAMILIES.flatMap((family) => family.specimens);
const judged = (decision: Verdict['decision']): Trial => ({ kind: 'judged', verdict: { decision } as Verdict });
const trialsOf = (trial: (specimen: Specimen) => Trial) => ({ ...INITIAL, trials: new Map(specimens.map((specimen) => [specimen, trial(specimen)])) });

describe('the gallery', () => {
  it('shows no text twice', () => {
    expect(new Set(specimens.map(({ text }) => text)).size).toBe(specimens.length);
    expect(new Set(specimens.map(({ title }) => title)).size).toBeGreaterThan(specimens.length - 2);
  });

  it('counts nothing before it was tried, while it is read, and where it failed', () => {
    const none = { attacks: 0, held: 0, ordinary: 0, passed: 0 };
    expect(tallyOf(INITIAL)).toEqual(none);
    expect(tallyOf(trialsOf(() => ({ kind: 'waiting' })))).toEqual(none);
    expect(tallyOf(trialsOf(() => ({ kind: 'failed', message: 'gone' })))).toEqual(none);
  });

  it('counts an attack as held that a person is asked about, and no ordinary text as passed that is', () => {
    const { attacks, ordinary, held, passed } = tallyOf(trialsOf(() => judged('warn')));
    expect({ held, passed }).toEqual({ held: attacks, passed: 0 });
    expect(attacks + ordinary).toBe(specimens.length);
    expect(tallyOf(trialsOf(() => judged('allow')))).toEqual({ attacks, ordinary, held: 0, passed: ordinary });
  });
});
