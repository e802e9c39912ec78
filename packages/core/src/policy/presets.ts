import type { PolicyInput } from './schema.ts';

/** What each preset sets; the rest are the defaults. Scores are calibrated shares, so that a fixed one means the same under every bundle. */
export const PRESETS = {
  /** Blocks at TUP's production threshold, asks from its strict one and on every medium rule; a quotation is no excuse. */
  strict: { block: 0.5, warn: 0.15, warnSeverity: 'medium', benignGuard: false },
  /** The defaults. */
  balanced: {},
  /** Never asks; blocks what is all but certain. */
  quiet: { block: 0.9, warn: 0.9 },
} as const satisfies Record<NonNullable<PolicyInput['preset']>, PolicyInput>;
