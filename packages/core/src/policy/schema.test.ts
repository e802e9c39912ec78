import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@cfworker/json-schema';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { DESCRIPTIONS, type Descriptions } from './descriptions.ts';
import { parsePolicy } from './parse.ts';
import { PRESETS } from './presets.ts';
import { policySchema } from './schema.ts';

/** What of a JSON Schema the table of the docs shows. */
interface Field {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly items?: Field | readonly Field[];
  readonly anyOf?: readonly Field[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Field>>;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The fields of an object, or of the objects in a list. */
function fieldsOf({ properties, items }: Field): Readonly<Record<string, Field>> {
  return properties ?? (items !== undefined && !Array.isArray(items) ? fieldsOf(items as Field) : {});
}

/** A field with what is said of it and of the fields within. Each needs a description, and each description its field. */
function described(field: Field, descriptions: string | Descriptions, at: string): Field {
  if (typeof descriptions === 'string') return { ...field, description: descriptions };
  const { itself, ...within } = descriptions;
  const fields = fieldsOf(field);
  expect(Object.keys(within).sort(), at).toEqual(Object.keys(fields).sort());
  const properties = Object.fromEntries(Object.entries(fields).map(([name, child]) => [name, described(child, within[name] ?? '', `${at}.${name}`)]));
  const description = typeof itself === 'string' && { description: itself };
  return field.properties ? { ...field, ...description, properties } : { ...field, ...description, items: { ...field.items, properties } };
}

const plain = { title: 'Portcullis policy', ...toJsonSchema(policySchema, { typeMode: 'input' }) } as Field;
const schema = described(plain, DESCRIPTIONS, 'policy');
const docs = path('../../../../docs/policy.md');
const START = '<!-- table: made from the schema by packages/core/src/policy/schema.test.ts; `--update` behind its name writes it anew -->\n';
const END = '<!-- end of table -->';

/** A row for each field, those inside objects and lists by their path. */
function rows(field: Field, at = ''): string[] {
  return Object.entries(field.properties ?? {}).flatMap(([name, child]) => {
    const list = child.items !== undefined && !Array.isArray(child.items) ? (child.items as Field) : undefined;
    const here = `${at}${name}`;
    const row = `| \`${here}\` | ${typeOf(child)} | ${child.default === undefined ? '' : `\`${JSON.stringify(child.default)}\``} | ${child.description ?? ''} |`;
    // The roles all hold the same; one stands for them.
    if (at === 'roles.' && name !== 'user') return [];
    return [
      at === 'roles.' ? row.replace('roles.user', 'roles.ROLE') : row,
      ...rows(list ?? child, list ? `${here}[].` : `${here.replace('roles.user', 'roles.ROLE')}.`),
    ];
  });
}

function typeOf(field: Field): string {
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (Array.isArray(field.items)) return `[${field.items.map(typeOf).join(', ')}]`;
  if (field.minimum !== undefined) return `${field.type} ${field.minimum}–${field.maximum}`;
  return field.type ?? (field.anyOf ? 'string (date or instant)' : '');
}

describe('the policy’s JSON Schema', () => {
  it('is the committed one', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../schemas/policy.schema.json');
  });

  it.each([
    [{}, true],
    [{ block: 0.5, roles: { tool: { off: true } }, allow: { phrases: [{ text: 'abc', expires: '2027-01-01' }] } }, true],
    [{ blokc: 0.5 }, false],
    [{ block: 1.5 }, false],
    [{ gray: [0.1] }, false],
    [{ roles: { narrator: {} } }, false],
  ])('says of %j what parsePolicy says: %s', (policy, valid) => {
    expect(new Validator(schema as object, '7').validate(policy).valid).toBe(valid);
    if (valid) expect(() => parsePolicy(policy)).not.toThrow();
    else expect(() => parsePolicy(policy)).toThrow();
  });
});

describe('docs/policy.md', () => {
  const text = readFileSync(docs, 'utf8');

  it('has every field with its default', async () => {
    const [before = '', rest = ''] = text.split(START);
    const table = ['| field | type | default | meaning |', '|---|---|---|---|', ...rows(schema)].join('\n');
    await expect(`${before}${START}${table}\n${END}${rest.split(END)[1] ?? ''}`).toMatchFileSnapshot(docs);
  });

  it('has the presets as they are', () => {
    for (const [name, preset] of Object.entries(PRESETS)) {
      const values = Object.entries(preset).map(([field, value]) => `\`${field}: ${value}\``);
      expect(text).toContain(`| \`${name}\` | ${values.length === 0 ? 'the defaults' : values.join(', ')} |`);
    }
  });

  it('has an example that is a policy', () => {
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(() => parsePolicy(JSON.parse(example))).not.toThrow();
  });
});
