import type { Policy } from './schema.ts';

/** The two scores that part allow, warn and block. */
export interface Thresholds {
  readonly block: number;
  readonly warn: number;
}

/** TUP's strict threshold, of its mode `benchmark`. */
export const BENCHMARK_BLOCK = 0.15;

/** The thresholds in force: the policy's where it sets them, the mode's and the bundle's elsewhere; warn never lies above block. */
export function thresholdsOf(policy: Policy, bundle: Thresholds): Thresholds {
  const block = policy.block ?? (policy.mode === 'benchmark' ? Math.min(BENCHMARK_BLOCK, bundle.block) : bundle.block);
  return { block, warn: Math.min(policy.warn ?? bundle.warn, block) };
}
