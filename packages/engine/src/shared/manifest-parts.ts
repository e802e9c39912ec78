import { PortcullisError } from '@portcullis/core';
import * as v from 'valibot';

// What manifests of every kind are made of.
export const fileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/, 'must be a plain file name'));
export const count = v.pipe(v.number(), v.integer(), v.minValue(1));
export const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const finite = v.pipe(v.number(), v.finite());
export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
/** Every file of a bundle by name. */
export const artifactList = v.record(fileName, v.object({ bytes: count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }));

/**
 * The JSON in a file's bytes.
 * @throws {PortcullisError} `bundle-invalid` for what is none.
 */
export function jsonIn(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new PortcullisError('bundle-invalid', `${name} is no JSON`, { cause });
  }
}

/**
 * A manifest as its schema has it.
 * @throws {PortcullisError} `bundle-invalid` naming the field.
 */
export function parsedBy<S extends v.GenericSchema>(schema: S, json: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new PortcullisError('bundle-invalid', `manifest.json: ${v.getDotPath(issue) ?? 'root'}: ${issue.message}`);
}

/** @throws {PortcullisError} `bundle-invalid` for a file that a manifest uses and does not list. */
export function checkListed(artifacts: v.InferOutput<typeof artifactList>, names: readonly string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(artifacts, name)) throw new PortcullisError('bundle-invalid', `manifest.json: artifacts: ${name} is used and not listed`);
  }
}
