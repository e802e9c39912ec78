import { promptSets } from '../../packages/cli/src/prompt-sets.ts';
import { readRows } from '../../packages/cli/src/rows.ts';
import { randomOf } from '../../packages/evasion/src/random.ts';

/** So many texts of a folder of sets (NAME.jsonl or NAME.jsonl.gz), as many of each set as of any other as far as they go. Two of one seed are the same. */
export async function sampleOf(folder: string, rows: number, seed: number): Promise<string[]> {
  const sets: string[][] = [];
  for (const { file } of await promptSets(folder)) sets.push(randomOf(seed).shuffle(await textsIn(file)));
  const longest = Math.max(0, ...sets.map((set) => set.length));
  const taken = Array.from({ length: longest }, (_, place) => sets.flatMap((set) => set.slice(place, place + 1))).flat();
  if (taken.length < rows) throw new Error(`${folder} has ${taken.length} texts, not ${rows}`);
  return taken.slice(0, rows);
}

async function textsIn(file: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const row of readRows(file)) if (row.kind === 'prompt' || row.kind === 'output') texts.push(row.text);
  return texts;
}
