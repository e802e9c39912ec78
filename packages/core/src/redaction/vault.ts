import * as v from 'valibot';
import { PortcullisError } from '../errors.ts';

const dataSchema = v.strictObject({
  prefix: v.pipe(v.string(), v.regex(/^(?:[A-Z][A-Z0-9_]{0,23}_)?$/, 'must be empty or look like ANSWER_')),
  /** Placeholders and what they stand for. */
  entries: v.array(v.tuple([v.string(), v.string()])),
  /** Placeholders that are never given, or never again. */
  taken: v.array(v.string()),
});

/** A vault as plain JSON. It holds the values in clear. */
export type VaultData = v.InferOutput<typeof dataSchema>;

/** Which placeholder stands for which text. The values never leave it but by `valueOf` and `data`. */
export interface Vault {
  /** The placeholder of a value: always the same one, whatever its kind was the first time. */
  placeholderFor(kind: string, value: string): string;
  /** What to write for words of a text that look like a placeholder and are none: themselves, which then is never given to a value, or one of their own. */
  literal(lookalike: string): string;
  /** What a placeholder stands for; nothing if it is not of this vault, or forgotten. */
  valueOf(placeholder: string): string | undefined;
  /** All of it, to be kept and given to `createVault` again. */
  data(): VaultData;
  /** Drops every value. Their placeholders are never given again, so that a text of before cannot be restored to something else. */
  forget(): void;
}

export interface VaultOptions {
  /** Before each kind: `ANSWER_` makes `[ANSWER_KEY_1]`. Two vaults whose texts may meet need different ones. */
  readonly prefix?: string;
  /** What `data()` gave; its prefix counts. */
  readonly data?: unknown;
}

/**
 * An empty vault, or one made of what another left.
 * @throws {PortcullisError} `input-invalid` for data or a prefix that is none.
 */
export function createVault({ prefix = '', data = { prefix, entries: [], taken: [] } }: VaultOptions = {}): Vault {
  const parsed = v.safeParse(dataSchema, data);
  if (!parsed.success) throw new PortcullisError('input-invalid', `vault.${v.getDotPath(parsed.issues[0]) ?? '?'}: ${parsed.issues[0].message}`);
  const values = new Map(parsed.output.entries);
  const placeholders = new Map([...values].map(([placeholder, value]) => [value, placeholder]));
  const taken = new Set([...parsed.output.taken, ...values.keys()]);
  const last = new Map<string, number>();
  const vault: Vault = {
    placeholderFor(kind, value) {
      const known = placeholders.get(value);
      if (known !== undefined) return known;
      let number = last.get(kind) ?? 0;
      let placeholder: string;
      do placeholder = `[${parsed.output.prefix}${kind}_${++number}]`;
      while (taken.has(placeholder));
      last.set(kind, number);
      taken.add(placeholder);
      values.set(placeholder, value);
      placeholders.set(value, placeholder);
      return placeholder;
    },
    literal(lookalike) {
      if (values.has(lookalike)) return vault.placeholderFor('TEXT', lookalike);
      taken.add(lookalike);
      return lookalike;
    },
    valueOf: (placeholder) => values.get(placeholder),
    data: () => ({ prefix: parsed.output.prefix, entries: [...values], taken: [...taken].filter((placeholder) => !values.has(placeholder)) }),
    forget() {
      values.clear();
      placeholders.clear();
    },
  };
  return vault;
}
