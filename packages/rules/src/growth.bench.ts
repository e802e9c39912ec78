import { compileRules, matchRules } from '@portcullis/core';
import { bench } from 'vitest';
import { defaultPacks } from './index.ts';
import { PROSE } from './testing/prose.ts';

// Apart from the other bench: of so many patterns V8 optimises no more from some point on (`TooMuchRegExpCode`), and what is measured then is three times as slow.

const rules = compileRules(defaultPacks);
const anchors = rules.rules.flatMap(({ rule }) => rule.anchors);

/** `length` characters of one unit over and over. With every anchor in front, no rule sleeps. */
const run = (unit: string, length: number, awake: boolean): string => {
  const head = awake ? `${anchors.join(' ')} ` : '';
  return (head + unit.repeat(Math.ceil(length / unit.length))).slice(0, length);
};

// What patterns like: beginnings that never come to their end, and long runs of one character.
const BAIT = [
  PROSE,
  'a',
  ' ',
  '\n',
  '"',
  '. ',
  '4111 ',
  'eyJ',
  'a@a.',
  '<!-- ',
  '</user>',
  '[#=*',
  '![a](http://a',
  'ignore all previous ',
  'forget everything that I ',
  'please print your ',
  'act as no ai that never says ',
  'decode the base64 ',
  'send the secret to ',
  'vergiss alles was ',
  '忽略之前的',
];

/** What ten times the text may cost. */
const MOST_GROWTH = 11;

/** Milliseconds of the fastest of some runs: the first ones compile the patterns, and the machine may be busy with something else. */
function measure(text: string, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    matchRules(rules, text);
    matchRules(rules, text, undefined, 'assistant');
    return performance.now() - started;
  });
  return Math.min(...times);
}

// Growth is a relation between two rows, which a bench's own table does not show.
const rows = BAIT.flatMap((unit) =>
  ([true, false] as const).map((awake) => {
    const small = measure(run(unit, 100_000, awake), 4);
    const long = run(unit, 1_000_000, awake);
    const first = measure(long, 2);
    // Noise only adds: what is over the bound is measured once more.
    const large = first > MOST_GROWTH * small ? Math.min(first, measure(long, 2)) : first;
    return { unit: JSON.stringify(unit.slice(0, 24)), awake, '100 KB, ms': small.toFixed(1), '1 MB, ms': large.toFixed(1), growth: (large / small).toFixed(1) };
  }),
);
console.table(rows);

bench('100 KB of prose', () => void matchRules(rules, run(PROSE, 100_000, false)));
