import type { Verdict } from '@portcullis/core';
import type { SafeScan } from './guard.ts';

/** The text where it is allowed, else why not. */
export const safeScanOf = (text: string, verdict: Verdict): SafeScan => (verdict.decision === 'allow' ? { ok: true, text } : { ok: false, verdict });
