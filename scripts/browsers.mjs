// The browsers that the end-to-end tests run in.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Of each program: the variable that says where it is, and where it is otherwise; and the Debian packages that bring them. */
const CHROMIUM = {
  name: 'Chromium',
  packages: ['chromium'],
  programs: {
    CHROMIUM_PATH: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  },
};
/** Without them, their own tests are skipped. */
const OTHERS = [
  { name: 'Firefox ESR', packages: ['firefox-esr'], programs: { FIREFOX_PATH: ['/usr/bin/firefox-esr', '/Applications/Firefox.app/Contents/MacOS/firefox'] } },
  {
    name: 'WebKitGTK',
    packages: ['webkit2gtk-driver', 'xvfb'],
    programs: { WEBKIT_DRIVER_PATH: ['/usr/bin/WebKitWebDriver'], XVFB_PATH: ['/usr/bin/Xvfb'] },
  },
];

const located = ({ programs }) =>
  Object.fromEntries(
    Object.entries(programs).map(([variable, known]) => [variable, [process.env[variable], ...known].find((path) => path && existsSync(path))]),
  );
const whole = (paths) => Object.values(paths).every((path) => path !== undefined);

/** Debian's packages, as root or by sudo. */
function install({ name, packages }) {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('there is no apt-get');
  console.error(`Installing ${name} from the Debian packages …`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', '-qq', ...args];
    execFileSync(command, rest, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  apt('update');
  apt('install', '--yes', ...packages);
}

/** Where a browser's programs are, by the variables that say so. Installs what is missing if this user may. */
function findBrowser(browser) {
  const before = located(browser);
  if (whole(before)) return before;
  const variables = Object.keys(browser.programs).join(', ');
  try {
    install(browser);
  } catch (cause) {
    throw new Error(`No ${browser.name} found, and none could be installed (${cause.message}): install one and set ${variables}.`, { cause });
  }
  const after = located(browser);
  if (!whole(after)) throw new Error(`${browser.name} was installed and is not where it should be: set ${variables}.`);
  return after;
}

/** The environment of the tests: Chromium and, where they are asked for, the others as far as they can be had. */
export function findBrowsers({ others = false } = {}) {
  const found = findBrowser(CHROMIUM);
  for (const browser of others ? OTHERS : []) {
    try {
      Object.assign(found, findBrowser(browser));
    } catch (error) {
      console.error(`${error.message} Its tests are skipped.`);
    }
  }
  return found;
}
