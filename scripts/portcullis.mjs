// `npm run --silent portcullis -- scan …`: set up and build the CLI if need be, then run it in this process.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installDependencies, root, tool } from './setup.mjs';

const built = join(root, 'packages', 'cli', 'dist', 'portcullis.mjs');

/** True if any source of the packages is newer than the built CLI. */
function stale() {
  if (!existsSync(built)) return true;
  const since = statSync(built).mtimeMs;
  const packages = join(root, 'packages');
  return readdirSync(packages, { recursive: true })
    .filter((file) => /\.(ts|yaml|json)$/.test(file) && !/node_modules|dist/.test(file))
    .some((file) => statSync(join(packages, file)).mtimeMs > since);
}

installDependencies();
if (stale()) tool('vite', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn']);
await import(pathToFileURL(built).href);
