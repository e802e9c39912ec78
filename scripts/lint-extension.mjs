// `npm run lint:extension`: Mozilla's linter over both packages. It is fetched when it is asked for: it is larger than all other tools together.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './setup.mjs';

const WEB_EXT = 'web-ext@10.7.0';
/** What the linter of Firefox's add-ons misses in a package for Chromium only. */
const NOT_CHROMES = ['ADDON_ID_REQUIRED', 'BACKGROUND_SERVICE_WORKER_NOFALLBACK'];

let failed = false;
for (const [folder, spared] of [
  ['extension', NOT_CHROMES],
  ['extension-firefox', []],
]) {
  const args = ['--yes', WEB_EXT, 'lint', '--no-config-discovery', '--output=json', '--source-dir', join(root, 'dist', folder)];
  const { stdout, error } = spawnSync('npx', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 2], maxBuffer: 64e6 });
  if (error) throw error;
  const { errors, warnings, notices } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  const counted = errors.filter(({ code }) => !spared.includes(code));
  failed ||= counted.length > 0;
  console.log(`dist/${folder}: ${counted.length} errors, ${warnings.length} warnings, ${notices.length} notices`);
  for (const { code, message, file } of [...counted, ...warnings, ...notices]) console.log(`  ${code} ${file ?? ''} ${message}`);
}
process.exit(failed ? 1 : 0);
