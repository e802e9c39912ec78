import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@cfworker/json-schema';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { alertOf } from './alert-of.ts';
import { toOcsf } from './ocsf.ts';
import { toOtelEvent } from './otel.ts';
import { toPromptForest } from './prompt-forest.ts';
import { toSarif } from './sarif.ts';
import { alertSchema } from './schema.ts';
import { example } from './testing/example.ts';

const schema = { title: 'Portcullis alert', ...toJsonSchema(alertSchema, { ignoreActions: ['readonly'] }) };
const alert = alertOf(example.verdict, example.context);

describe('the alert’s JSON Schema', () => {
  it('is the committed one', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../schemas/alert.schema.json');
  });

  it('takes an alert and refuses less', () => {
    const validator = new Validator(schema as object, '7');
    const plain = JSON.parse(JSON.stringify(alert)) as Record<string, unknown>;
    expect(validator.validate(plain).errors).toEqual([]);
    for (const field of ['id', 'text', 'severity', 'framework_mapping']) {
      const without = Object.fromEntries(Object.entries(plain).filter(([name]) => name !== field));
      expect(validator.validate(without).valid).toBe(false);
    }
  });
});

describe('docs/alerts.md', () => {
  const docs = fileURLToPath(new URL('../../../../docs/alerts.md', import.meta.url));

  it('shows what the functions give', async () => {
    const examples: Record<string, unknown> = {
      alertOf: alert,
      toSarif: toSarif([alert]),
      toOcsf: toOcsf(alert),
      toOtelEvent: toOtelEvent(alert, { experimental: true }),
      toPromptForest: toPromptForest(example.verdict),
    };
    const text = readFileSync(docs, 'utf8');
    const shown = [...text.matchAll(/<!-- example: (\w+) -->/g)].map(([, name]) => name);
    expect(shown).toEqual(Object.keys(examples));
    const now = text.replace(
      /(<!-- example: (\w+) -->\n```json\n)[^`]*(```)/g,
      (_all, before: string, name: string, after: string) => `${before}${JSON.stringify(examples[name], null, 2)}\n${after}`,
    );
    await expect(now).toMatchFileSnapshot(docs);
  });
});
