import { compileRules, matchRules, normalise } from '@portcullis/core';
import { bench, describe } from 'vitest';
import { ownersIn } from '../../core/src/rules/anchors.ts';
import { defaultPacks } from './index.ts';

const rules = compileRules(defaultPacks);
const anchors = rules.rules.flatMap(({ rule }) => rule.anchors);

const PROSE =
  'Could you look over the agenda for Thursday and tell me which points can wait? The rules say that every prompt, also an old one, is kept in the file. ';

/** `length` characters of one unit over and over. With every anchor in front, no rule sleeps. */
const run = (unit: string, length: number, awake: boolean): string => {
  const head = awake ? `${anchors.join(' ')} ` : '';
  return (head + unit.repeat(Math.ceil(length / unit.length))).slice(0, length);
};

const prose = run(PROSE, 10_000, false);
const lower = normalise(prose).text.toLowerCase();

describe('10,000 characters of prose', () => {
  bench('normalise', () => void normalise(prose));
  bench('normalise and rules', () => void matchRules(rules, prose));
  bench('anchors, in one pass', () => void ownersIn(rules.anchors, prose));
  // What the automaton replaced: a search of the text for each anchor.
  bench('anchors by includes', () => void rules.rules.map(({ rule }) => rule.anchors.some((anchor) => lower.includes(anchor))));
});

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

// Growth is a relation between two rows, which the bench's own table does not show.
const rows = BAIT.flatMap((unit) =>
  ([true, false] as const).map((awake) => {
    const small = measure(run(unit, 100_000, awake), 4);
    const large = measure(run(unit, 1_000_000, awake), 2);
    return { unit: JSON.stringify(unit.slice(0, 24)), awake, '100 KB, ms': small.toFixed(1), '1 MB, ms': large.toFixed(1), growth: (large / small).toFixed(1) };
  }),
);
console.table(rows);
