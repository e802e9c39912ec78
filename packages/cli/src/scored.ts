import { PortcullisError, type Verdict } from '@portcullis/core';
import type { Engine } from '@portcullis/engine/node';
import type { LabelledRow } from './prompt-sets.ts';

/**
 * The verdict on a row's text, or on what a transform made of it, with the models' score.
 * @throws {PortcullisError} `inference-failed`, naming set and row, if the models gave none.
 */
export async function scored(engine: Engine, row: LabelledRow, text = row.text): Promise<Verdict & { readonly score: number }> {
  const verdict = await engine.scan(text);
  const { score, degraded } = verdict;
  if (score === null) throw new PortcullisError('inference-failed', `${row.set} ${row.id}: ${degraded?.reason.message}`);
  return { ...verdict, score };
}
