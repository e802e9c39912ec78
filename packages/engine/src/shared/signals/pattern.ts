import { patternSignal } from '@portcullis/core';
import type { SignalLoader } from './signal.ts';

/** The strongest rule's score. */
export const loadPattern: SignalLoader =
  async () =>
  async ({ ruleFindings }) => ({ signal: patternSignal(ruleFindings), findings: ruleFindings });
