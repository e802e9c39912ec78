import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The package that a module is of: its folder and its name. */
const PACKAGE = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;
const LICENCE = /^(?:licen[cs]e|copying)(?:[.-]|$)/i;

function entryFor(folder: string, name: string): string {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => LICENCE.test(each));
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}`;
}

/**
 * Puts LICENSE and NOTICE beside what is built: this project's own, and those of every package whose code is in it.
 * @returns the plugin for the build, and one for its workers, which are builds of their own.
 */
export function notice(own: string): { readonly build: () => Plugin; readonly worker: () => Plugin } {
  const packages = new Map<string, string>();
  const collect = (moduleIds: Iterable<string>): void => {
    for (const id of moduleIds) {
      const [, folder, name] = PACKAGE.exec(id.replaceAll('\\', '/').replace('\0', '')) ?? [];
      if (folder !== undefined && name !== undefined && existsSync(join(folder, 'package.json'))) packages.set(name, folder);
    }
  };
  const plugin = (name: string, emit: boolean): Plugin => ({
    name,
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') collect(file.moduleIds);
      if (!emit) return;
      const entries = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => entryFor(folder, name));
      const rule = `\n\n${'-'.repeat(80)}\n\n`;
      this.emitFile({ type: 'asset', fileName: 'LICENSE', source: readFileSync('LICENSE') });
      this.emitFile({ type: 'asset', fileName: 'NOTICE', source: `${[readFileSync(own, 'utf8').trim(), ...entries].join(rule)}\n` });
    },
  });
  return { build: () => plugin('portcullis:notice', true), worker: () => plugin('portcullis:notice-worker', false) };
}
