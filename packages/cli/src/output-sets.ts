import type { PromptSet } from './prompt-sets.ts';
import { type OutputRow, readRows } from './rows.ts';

/** An output row that counts in measurements, with the set that it counts for. */
export type LabelledOutput = OutputRow & { readonly set: string; readonly label: 0 | 1 };

/** The output rows of a set that have a label. */
export async function labelledOutputs({ name, file }: PromptSet): Promise<LabelledOutput[]> {
  const rows: LabelledOutput[] = [];
  for await (const row of readRows(file)) {
    if (row.kind === 'output' && row.label !== undefined) rows.push({ ...row, set: name, label: row.label });
  }
  return rows;
}
