// Everything that a command of the README needs on a machine with Node and npm only. Quick when all is there.
import { execFileSync, spawnSync } from 'node:child_process';
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

/** Installs the locked dependencies unless they are there already. Install scripts never run. */
export function installDependencies() {
  const lock = join(root, 'pnpm-lock.yaml');
  const installed = join(root, 'node_modules', '.modules.yaml');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('Installing dependencies …');
  run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only']);
}

/** Path of a Chromium: CHROMIUM_PATH, one on the system, or Debian's package, installed now if this user may. */
export function findChromium() {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = () => known.find((path) => path && existsSync(path));
  if (found()) return found();
  if (!existsSync('/usr/bin/apt-get')) throw new Error('No Chromium found: install one and set CHROMIUM_PATH to its executable.');
  console.error('Installing Chromium from the Debian packages …');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', '-qq', ...args];
    execFileSync(command, rest, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  apt('update');
  apt('install', '--yes', 'chromium');
  const path = found();
  if (!path) throw new Error('Chromium was installed and is not where it should be: set CHROMIUM_PATH.');
  return path;
}
