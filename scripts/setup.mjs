// Everything that a command of the README needs on a machine with Node and npm only. Quick when all is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Runs a command to its end, its output on standard error; ends this process with its status if it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 2], ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs one of the workspace's own tools. */
export const tool = (name, args, options) => run(join(root, 'node_modules', '.bin', name), args, options);

/** Installs what a folder's lockfile names. Nobody is asked about modules that another store has left there. */
export const install = (folder) =>
  run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only', '--config.confirm-modules-purge=false'], { cwd: folder });

/** Installs the locked dependencies unless they are there already. Install scripts never run. */
export function installDependencies() {
  const lock = join(root, 'pnpm-lock.yaml');
  const installed = join(root, 'node_modules', '.modules.yaml');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('Installing dependencies …');
  install(root);
}
