import { errorData } from '@portcullis/core';
import type { Outcome } from '../shared/protocol.ts';

/** What the work comes to, as it crosses the worker's boundary; an error that is not this project's own becomes `inference-failed`. */
export async function outcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: errorData(error, 'inference-failed') };
  }
}
