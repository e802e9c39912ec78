// `npm run elements`: writes the elements' manifest and their JSX types, both made of the comments and types in their sources. `--check` fails where they
// are not what they would be.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, litPlugin, ts } from '@custom-elements-manifest/analyzer/src/browser-entrypoint.js';
import { root } from './setup.mjs';

const folder = 'packages/element';
const sources = ['portcullis-badge', 'portcullis-guard', 'portcullis-report', 'badge', 'index', 'report'].map((name) => `src/${name}.ts`);
const modules = sources.map((path) => ts.createSourceFile(path, readFileSync(join(root, folder, path), 'utf8'), ts.ScriptTarget.ES2022, true));

/** Of a class what others may use: no private members, no callbacks of the platform or of Lit. */
function publicOf(declaration) {
  const members = (declaration.members ?? []).filter(({ name, privacy, static: isStatic }) => privacy !== 'private' && !isStatic && !/Callback$/.test(name));
  return { ...declaration, members, attributes: (declaration.attributes ?? []).map(({ inheritedFrom: _, ...attribute }) => attribute) };
}

const made = create({ modules, plugins: litPlugin(), context: { dev: false } });
const manifest = {
  ...made,
  modules: made.modules
    .map((module) => ({ ...module, declarations: module.declarations.filter(({ customElement }) => customElement).map(publicOf) }))
    .filter(({ declarations, exports }) => declarations.length > 0 || exports.length > 0),
};
const elements = manifest.modules.flatMap(({ path, declarations }) => declarations.map((declaration) => ({ path, ...declaration })));
const tags = { PortcullisGuard: 'portcullis-guard', PortcullisBadge: 'portcullis-badge', PortcullisReport: 'portcullis-report' };
for (const { name, tagName } of elements) if (tagName !== tags[name]) throw new Error(`${name}: the manifest has the tag ${tagName}`);

function jsxOf({ name, tagName, summary = '', members, events = [] }) {
  const described = (description) => (description ? `    /** ${description} */\n` : '');
  const properties = members
    .filter(({ kind, readonly }) => kind === 'field' && !readonly)
    .flatMap(({ name: property, attribute, description }) => [
      `${described(description)}    ${property}?: ${name}['${property}'];`,
      ...(attribute && attribute !== property ? [`${described(description)}    '${attribute}'?: ${name}['${property}'];`] : []),
    ]);
  const listeners = events.map(
    ({ name: event, description }) => `${described(description)}    'on${event}'?: (event: HTMLElementEventMap['${event}']) => void;`,
  );
  return `  /** ${summary.split('\n')[0]} */\n  '${tagName}': Common & {\n${[...properties, ...listeners].join('\n')}\n  };`;
}

const jsx = `// Made by scripts/element-manifest.mjs: change the elements instead.
${elements.map(({ name, path }) => `import type { ${name} } from './${path.replace('src/', '')}';`).join('\n')}

/** What every element takes. */
interface Common {
  readonly [name: \`data-\${string}\` | \`aria-\${string}\`]: unknown;
  id?: string;
  class?: string;
  className?: string;
  lang?: string;
  dir?: string;
  slot?: string;
  hidden?: boolean;
  style?: unknown;
  ref?: unknown;
  key?: string | number;
  children?: unknown;
}

/** The elements as JSX has them: \`declare module 'react' { namespace JSX { interface IntrinsicElements extends PortcullisJsx {} } }\`. */
export interface PortcullisJsx {
${elements.map(jsxOf).join('\n')}
}
`;

let stale = false;
for (const [file, text] of [
  [`${folder}/custom-elements.json`, JSON.stringify(manifest)],
  [`${folder}/src/jsx.ts`, jsx],
]) {
  const { stdout, status, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), ['format', `--stdin-file-path=${file}`], {
    input: text,
    encoding: 'utf8',
    cwd: root,
  });
  if (status !== 0) throw new Error(stderr);
  const path = join(root, file);
  const same = existsSync(path) && readFileSync(path, 'utf8') === stdout;
  if (same) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is not what its sources make: npm run elements`);
    stale = true;
  } else writeFileSync(path, stdout);
}
process.exitCode = stale ? 1 : 0;
