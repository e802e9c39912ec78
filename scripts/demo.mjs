// `npm run demo`: set up, build, serve the demo and print its URL.
import { installDependencies, tool } from './setup.mjs';

installDependencies();
tool('vite', ['build', '--logLevel', 'warn']);
tool('vite', ['preview', ...process.argv.slice(2)], { stdio: 'inherit' });
