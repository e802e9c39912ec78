import type { Plugin } from 'vite';
import { forAnswers, readPack, withoutExamples } from '../read-pack.ts';

const PACK = /\/(?<name>packs\/[^/]+\.ya?ml)(?<answers>\?answers)?$/;

/**
 * Turns an import of `packs/*.yaml` into `export default <pack>`, validated and without its examples; with `?answers`, what of it reads answers.
 * @throws {PortcullisError} `rule-invalid` at build, naming file and line.
 */
export function rulePacks(): Plugin {
  return {
    name: 'portcullis:rule-packs',
    // Before the bundler's own plugins, which know no YAML.
    enforce: 'pre',
    transform(source, id) {
      const { name, answers } = PACK.exec(id)?.groups ?? {};
      if (name === undefined) return null;
      const pack = readPack(source, name);
      return { code: `export default ${JSON.stringify(answers === undefined ? withoutExamples(pack) : forAnswers(pack))};`, map: null, moduleType: 'js' };
    },
  };
}
