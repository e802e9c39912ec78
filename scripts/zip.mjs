import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

// The earliest time that a zip can say: when a file was written is no part of what it is. As the zip reads it, in local time.
const OPTIONS = { level: 9, mtime: new Date(1980, 0, 1), os: 3 };

/** The files in a folder and below, by their path in it, in order. */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

/** A zip of these files of a folder. The same files give the same bytes. */
export const zipped = (folder, names) => zipSync(Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))])), OPTIONS);
