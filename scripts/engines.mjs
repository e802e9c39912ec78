// `npm run engines`: set up (Firefox ESR and WebKitGTK included), build, and run the demo and a plain page in both, and the extension in Firefox. Apart from `npm test`: on two cores it takes minutes.
import { findBrowsers } from './browsers.mjs';
import { installDependencies, run, tool } from './setup.mjs';

installDependencies();
const env = { ...process.env, ...findBrowsers({ others: true }), PORTCULLIS_ENGINES: '1' };
run('npm', ['run', '--silent', 'build'], { env });
run('npm', ['run', '--silent', 'build:extension:firefox'], { env });
tool('playwright', ['test', 'e2e/engines.spec.ts', 'e2e/firefox-extension.spec.ts', '--workers=1'], { env, stdio: 'inherit' });
