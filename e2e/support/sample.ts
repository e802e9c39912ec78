import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** So many texts of a folder of sets (NAME.jsonl or NAME.jsonl.gz), as many of each set as of any other as far as they go. Two of one seed are the same. */
export function sampleOf(folder: string, rows: number, seed: number): string[] {
  const names = readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name));
  const sets = names.sort().map((name) => shuffled(textsIn(join(folder, name)), randomOf(seed)));
  const longest = Math.max(0, ...sets.map((set) => set.length));
  const taken = Array.from({ length: longest }, (_, place) => sets.flatMap((set) => set.slice(place, place + 1))).flat();
  if (taken.length < rows) throw new Error(`${folder} has ${taken.length} texts, not ${rows}`);
  return taken.slice(0, rows);
}

function textsIn(file: string): string[] {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { text: string }).text);
}

/** Numbers in [0, 1) (Park and Miller's generator). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Fisher–Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other] as T, all[last] as T];
  }
  return all;
}
