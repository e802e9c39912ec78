import type { Plugin } from 'vite';
import { attacksIn, forAnswers, readPack, withoutExamples } from '../read-pack.ts';

const PACK = /\/(?<name>packs\/[^/]+\.ya?ml)(?<form>\?answers|\?attacks)?$/;
const FORMS = { '': withoutExamples, '?answers': forAnswers, '?attacks': attacksIn } as const;

/**
 * Turns an import of `packs/*.yaml` into `export default <pack>`, validated and without its examples; with `?answers`, what of it
 * reads answers; with `?attacks`, its examples of attacks alone.
 * @throws {PortcullisError} `rule-invalid` at build, naming file and line.
 */
export function rulePacks(): Plugin {
  return {
    name: 'portcullis:rule-packs',
    // Before the bundler's own plugins, which know no YAML.
    enforce: 'pre',
    transform(source, id) {
      const { name, form = '' } = PACK.exec(id)?.groups ?? {};
      if (name === undefined) return null;
      const shipped = FORMS[form as keyof typeof FORMS](readPack(source, name));
      return { code: `export default ${JSON.stringify(shipped)};`, map: null, moduleType: 'js' };
    },
  };
}
