// `npm run examples`: set up, and build every example into one folder that any static server serves. `--with-built` takes the package as it is in `dist/`.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, installDependencies, packageManager, root, run, tool } from './setup.mjs';

const examples = join(root, 'examples');
const built = join(root, 'dist', 'examples');

installDependencies();
if (!process.argv.includes('--with-built')) tool('vite', ['build', '--config', 'vite.package.config.ts', '--logLevel', 'warn']);
// The frameworks are the examples' own: what the project itself needs stays small.
install(examples);
rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
run('npx', ['--yes', packageManager, '--recursive', 'run', 'build'], { cwd: examples });
cpSync(join(examples, 'plain'), join(built, 'plain'), { recursive: true });
cpSync(join(root, 'dist', 'portcullis'), join(built, 'portcullis'), { recursive: true });
cpSync(join(root, 'models', 'bundle'), join(built, 'models', 'portcullis'), { recursive: true });
const names = readdirSync(built).filter((name) => name !== 'portcullis' && name !== 'models');
console.log(`${built}: ${names.join(', ')}\nTo see them: npx vite preview --outDir dist/examples, then /plain/, /react/ …`);
