import { compileRules, matchRules, normalise } from '@portcullis/core';
import { bench, describe } from 'vitest';
import { ownersIn } from '../../core/src/rules/anchors.ts';
import { defaultPacks } from './index.ts';
import { PROSE } from './testing/prose.ts';

const rules = compileRules(defaultPacks);
const prose = PROSE.repeat(100).slice(0, 10_000);
const lower = normalise(prose).text.toLowerCase();

describe('10,000 characters of prose', () => {
  bench('normalise', () => void normalise(prose));
  bench('normalise and rules', () => void matchRules(rules, prose));
  bench('anchors, in one pass', () => void ownersIn(rules.anchors, prose));
  // What the automaton replaced: a search of the text for each anchor.
  bench('anchors by includes', () => void rules.rules.map(({ rule }) => rule.anchors.some((anchor) => lower.includes(anchor))));
});
