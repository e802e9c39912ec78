import { PortcullisError, type ShippedRulePack } from '../../core/src/index.ts';
import { readPack, withoutExamples } from './read-pack.ts';

/** A pack as its author wrote it. */
export interface PackSource {
  /** What the errors call it: a file's path or a URL. */
  readonly name: string;
  readonly yaml: string;
}

/**
 * Reads packs of a user's own at run time, in a page, a worker or Node, by the schema that the build holds this project's packs to.
 * What comes back goes to `compileRules`, beside `defaultPacks` or instead of them. Brings the YAML parser along: import it where it is used only.
 * @throws {PortcullisError} `rule-invalid`, as `name:LINE: rules[3].severity: …`; an id that two packs share names both.
 */
export function loadPacks(sources: readonly PackSource[]): ShippedRulePack[] {
  const owners = new Map<string, string>();
  return sources.map(({ name, yaml }) => {
    const pack = readPack(yaml, name);
    for (const { id } of pack.rules) {
      const other = owners.get(id);
      if (other !== undefined) throw new PortcullisError('rule-invalid', `${name}: ${id}: ${other} has a rule of this id`);
      owners.set(id, name);
    }
    return withoutExamples(pack);
  });
}
