import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm run build` makes for those who ship it. */
export const SHIPPED = ['dist/demo', 'dist/portcullis', 'dist/extension'] as const;

/** The scripts in a folder that hold a mark, by their paths in it. */
export function scriptsWith(mark: RegExp, folder: string): string[] {
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?js$/.test(name));
  return scripts.filter((name) => mark.test(readFileSync(join(folder, name), 'utf8')));
}
