// `npm test`: set up (a browser included), check, build (the examples, too) and weigh what is built, then the unit tests and the end-to-end tests, each in one run.
import { findBrowsers } from './browsers.mjs';
import { installDependencies, run, tool } from './setup.mjs';

installDependencies();
const env = { ...process.env, ...findBrowsers() };
run('npm', ['run', '--silent', 'check'], { env });
run('npm', ['run', '--silent', 'build'], { env });
run('npm', ['run', '--silent', 'size'], { env });
run(process.execPath, ['scripts/examples.mjs', '--with-built'], { env });
tool('vitest', ['run'], { env, stdio: 'inherit' });
tool('playwright', ['test'], { env, stdio: 'inherit' });
