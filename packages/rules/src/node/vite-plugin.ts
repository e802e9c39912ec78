import type { Plugin } from 'vite';
import { readPack, withoutExamples } from '../read-pack.ts';

const PACK = /\/(?<name>packs\/[^/]+\.ya?ml)$/;

/**
 * Turns an import of `packs/*.yaml` into `export default <pack>`, validated and without its examples.
 * @throws {PortcullisError} `rule-invalid` at build, naming file and line.
 */
export function rulePacks(): Plugin {
  return {
    name: 'portcullis:rule-packs',
    // Before the bundler's own plugins, which know no YAML.
    enforce: 'pre',
    transform(source, id) {
      const name = PACK.exec(id)?.groups?.['name'];
      if (name === undefined) return null;
      return { code: `export default ${JSON.stringify(withoutExamples(readPack(source, name)))};`, map: null, moduleType: 'js' };
    },
  };
}
