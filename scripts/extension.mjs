// `npm run extension`: set up, build the extension for each browser, pack it, and say how large it is. The same sources give the same bytes.
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { installDependencies, root, run } from './setup.mjs';

installDependencies();
const { filesIn, zipped } = await import('./zip.mjs');
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
const kindOf = (name) =>
  name.startsWith('models/') ? 'models' : extname(name) === '.wasm' ? 'runtime (wasm)' : extname(name) === '.js' ? 'scripts' : 'the rest';

function pack(browser, folder) {
  const built = join(root, 'dist', folder);
  const { version } = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8'));
  const names = filesIn(built);
  const zip = zipped(built, names);
  const path = join(root, 'dist', `portcullis-${browser}-${version}.zip`);
  writeFileSync(path, zip);
  const sizeOf = (some) => some.reduce((sum, name) => sum + statSync(join(built, name)).size, 0);
  console.log(`${path}\n  ${names.length} files, ${megabytes(sizeOf(names))}, packed ${megabytes(zip.byteLength)}`);
  for (const kind of new Set(names.map(kindOf))) {
    const some = names.filter((name) => kindOf(name) === kind);
    console.log(`  ${kind}: ${some.length} files, ${megabytes(sizeOf(some))}, packed ${megabytes(zipped(built, some).byteLength)}`);
  }
  console.log(`  on each page: content.js, ${(statSync(join(built, 'content.js')).size / 1e3).toFixed(1)} kB`);
  console.log(`  sha256 ${createHash('sha256').update(zip).digest('hex')}`);
}

run('npm', ['run', '--silent', 'build:extension']);
run('npm', ['run', '--silent', 'build:extension:firefox']);
pack('chrome', 'extension');
pack('firefox', 'extension-firefox');
