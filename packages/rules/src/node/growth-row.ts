import { parentPort, workerData } from 'node:worker_threads';
import { compileRules, matchRules } from '@portcullis/core';
import { defaultPacks } from '../index.ts';

/** What the bench of growth asks of a thread, and gets: milliseconds for 100,000 and for 1,000,000 characters. */
export interface GrowthAsked {
  readonly unit: string;
  readonly awake: boolean;
}
export interface GrowthMeasured {
  readonly small: number;
  readonly large: number;
}

const { unit, awake } = workerData as GrowthAsked;
const rules = compileRules(defaultPacks);
const anchors = rules.rules.flatMap(({ rule }) => rule.anchors).join(' ');

/** Runs go on for so long, twice at least: the first ones compile the patterns, and noise only adds. */
const LEAST_MS = 500;

/** The fastest run over that many characters of the unit, in milliseconds. With every anchor in front, no rule sleeps. */
function measure(length: number): number {
  const text = ((awake ? `${anchors} ` : '') + unit.repeat(Math.ceil(length / unit.length))).slice(0, length);
  let fastest = Number.POSITIVE_INFINITY;
  const begun = performance.now();
  for (let runs = 0; runs < 2 || performance.now() - begun < LEAST_MS; runs += 1) {
    const started = performance.now();
    matchRules(rules, text);
    matchRules(rules, text, undefined, 'assistant');
    fastest = Math.min(fastest, performance.now() - started);
  }
  return fastest;
}

parentPort?.postMessage({ small: measure(100_000), large: measure(1_000_000) } satisfies GrowthMeasured);
