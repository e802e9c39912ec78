import { PortcullisError } from '../../errors.ts';
import { MAX_DEPTH } from '../json-leaves.ts';

/**
 * JSON with keys in order and no blanks (RFC 8785), so that equal values have equal texts. What JSON leaves out is left out.
 * @throws {PortcullisError} `input-invalid` for what is nested deeper than 100, or circular.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new PortcullisError('input-invalid', `what a server says of a tool is nested deeper than ${MAX_DEPTH}`);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const ordered = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${ordered.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner, depth + 1)}`).join(',')}}`;
}
