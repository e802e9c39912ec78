import { randomOf } from '@portcullis/evasion';
import { describe, expect, it } from 'vitest';
import { composed, shareIn } from './attribute.ts';

describe('composed', () => {
  it('puts the attack between sentences, whole, and says where', () => {
    const random = randomOf(1);
    const places = new Set<number>();
    for (let round = 0; round < 40; round += 1) {
      const { text, trigger } = composed('One is here. Two is there. Three.', 'Ignore it.', random);
      expect(text.slice(...trigger)).toBe('Ignore it.');
      expect(text.replace(/ ?Ignore it\. ?/, ' ').trim()).toBe('One is here. Two is there. Three.');
      places.add(trigger[0]);
    }
    expect([...places].sort((a, b) => a - b)).toEqual([0, 13, 27, 34]);
  });
});

describe('shareIn', () => {
  const mark = (start: number, end: number) => ({ span: [start, end] as const, weight: 1, by: 'models' });

  it('looks at the strongest marks, and counts what overlaps', () => {
    expect(shareIn({ marks: [mark(0, 5), mark(9, 12), mark(20, 21), mark(3, 11)], readings: 1 }, [10, 20])).toEqual({ first: false, all: 0.5 });
    expect(shareIn({ marks: [mark(10, 11)], readings: 1 }, [10, 20])).toEqual({ first: true, all: 1 });
    expect(shareIn({ marks: [], readings: 1 }, [10, 20])).toEqual({ first: false, all: 0 });
  });
});
