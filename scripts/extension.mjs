// `npm run extension`: set up, build the extension, and pack it. The same sources give the same bytes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, root, run } from './setup.mjs';

installDependencies();
run('npm', ['run', '--silent', 'build:extension']);
const { zipSync } = await import('fflate');

const built = join(root, 'dist', 'extension');
const { version } = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8'));
const names = readdirSync(built, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => statSync(join(built, name)).isFile())
  .sort();
// The earliest time that a zip can say: when a file was written is no part of what it is. As the zip reads it, in local time.
const mtime = new Date(1980, 0, 1);
const zip = zipSync(Object.fromEntries(names.map((name) => [name, readFileSync(join(built, name))])), { level: 9, mtime, os: 3 });
const path = join(root, 'dist', `portcullis-extension-${version}.zip`);
writeFileSync(path, zip);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const unpacked = names.reduce((sum, name) => sum + statSync(join(built, name)).size, 0);
console.log(
  `${path}\n${names.length} files, ${megabytes(unpacked)}, packed ${megabytes(zip.byteLength)}\nsha256 ${createHash('sha256').update(zip).digest('hex')}`,
);
