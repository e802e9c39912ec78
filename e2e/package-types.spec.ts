import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const BUILT = 'dist/portcullis';
const exported = (): string[] => Object.keys(JSON.parse(readFileSync(join(BUILT, 'package.json'), 'utf8')).exports);

/** An app that has the built package and nothing else of this project. Types that came out as `any` would leave the expected errors out. */
const APP = `
import { createGuard, guardedTool, PortcullisError, type Guard, type Verdict } from 'portcullis/guard';
import { alertOf, type Alert } from 'portcullis/guard/alert';
import { guardedFetch } from 'portcullis/guard/fetch';
import { createJudge, endpointModel } from 'portcullis/guard/judge';
import { PortcullisGuard, type SendDetail } from 'portcullis/element';
import 'portcullis/element/badge';
import type { PortcullisJsx } from 'portcullis/element/jsx';

const judge = createJudge({ models: [endpointModel({ url: 'https://llm.example/v1', model: 'm', key: 'k', consent: () => true })] });
const guard: Guard = createGuard({ bundle: '/models/', policy: { fail: 'closed', sendAnyway: 'reason' }, judge });
// @ts-expect-error There is no such mode.
createGuard({ bundle: '/models/', policy: { fail: 'ajar' } });
// @ts-expect-error A guard needs its bundle.
createGuard({});

export async function ask(text: string): Promise<string> {
  const verdict: Verdict = await guard.scan(text, { role: 'document', source: 'file:a' });
  // @ts-expect-error A score may be missing.
  const score: number = verdict.score;
  const alert: Alert = alertOf(verdict, { text, time: Date.now() });
  const safe = await guard.safeScan(text);
  if (!safe.ok) throw new PortcullisError('text-blocked', safe.verdict.reason);
  const { marks } = await guard.attribution(text);
  const answer = await guardedFetch(fetch, guard)('/v1/chat/completions', { method: 'POST', body: JSON.stringify({ alert, score }) });
  return marks.map(({ span: [from, to] }) => safe.text.slice(from, to)).join() + (await answer.text());
}

export const tool = guardedTool;
const gate = document.querySelector('portcullis-guard');
gate?.addEventListener('portcullis-send', ({ detail }) => {
  const { text }: SendDetail = detail;
  gate.fill(text);
  // @ts-expect-error The state is read only.
  gate.state = 'allowed';
});
export const made: PortcullisGuard = new PortcullisGuard();
export const updated: Promise<boolean> = made.updateComplete;
export const attributes: PortcullisJsx['portcullis-guard'] = { bundle: '/models/', 'onportcullis-send': ({ detail }) => console.log(detail.text) };
`;

/** Errors of an app in a folder of its own, with these libraries beside the package, and of the package; those of the libraries are their own. */
function compile(folder: string, source: string, libraries: readonly string[], moduleResolution: 'bundler' | 'nodenext'): string[] {
  const modules = join(folder, 'node_modules');
  cpSync(BUILT, join(modules, 'portcullis'), { recursive: true, filter: (path) => statSync(path).isDirectory() || /\.d\.ts$|package\.json$/.test(path) });
  for (const name of libraries) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('packages/guard/node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'app.ts'), source);
  const compilerOptions = {
    target: 'es2022',
    module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
    moduleResolution,
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }));
  const { stdout, stderr } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => /^(?:app\.ts|node_modules\/portcullis\/)/.test(line));
}

for (const resolution of ['bundler', 'nodenext'] as const) {
  test(`a strict app compiles against the built package alone, as ${resolution} finds it`, () => {
    expect(compile(test.info().outputPath(), APP, [], resolution)).toEqual([]);
  });
}

test('every entry of the built package has its types, and names no package of the workspace', () => {
  const entries = exported();
  expect(entries).toContain('./guard/otel');
  const imports = entries.map((entry, index) => `import * as entry${index} from 'portcullis${entry.slice(1)}';\nexport const all${index} = entry${index};`);
  expect(compile(test.info().outputPath(), imports.join('\n'), ['@ai-sdk/provider', '@opentelemetry/api'], 'bundler')).toEqual([]);
});
