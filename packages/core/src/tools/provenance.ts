import type { Argument } from './parse-call.ts';
import type { ToolDefinition } from './tool-call.ts';
import { wordsOf } from './words.ts';

/**
 * Where a value of a call was found: in what the person said, in what came from elsewhere, in both, half in one of them,
 * among what the tool's schema itself names (or true, false, null, nothing), or nowhere.
 */
export type Provenance = 'user' | 'context' | 'both' | 'mixed' | 'default' | 'new';

/** From this share of a value's words on it stands in a text: an article or an ending may differ. */
const FOUND = 0.8;
const HALF_FOUND = 0.5;

/** The words of the two texts that values are looked for in. */
export interface Sources {
  readonly user: ReadonlySet<string>;
  readonly context: ReadonlySet<string>;
}

export const sourcesOf = (intent: string, context: string): Sources => ({ user: new Set(wordsOf(intent)), context: new Set(wordsOf(context)) });

/** An address says more than an article; the year of a date no more than its day. */
const weightOf = (word: string): number => (/^\d{1,4}$/.test(word) ? 2 : word.length);

/** Where one value was found. */
export function provenanceOf({ kind, text }: Argument, { user, context }: Sources, named: ReadonlySet<string>): Provenance {
  const words = wordsOf(text);
  const total = words.reduce((sum, word) => sum + weightOf(word), 0);
  const share = (source: ReadonlySet<string>): number => words.reduce((sum, word) => sum + (source.has(word) ? weightOf(word) : 0), 0) / total;
  const ofSchema = total === 0 || kind === 'boolean' || kind === 'null' || named.has(text.trim().toLowerCase());
  const [said, given] = total === 0 ? [0, 0] : [share(user), share(context)];
  if (said >= FOUND && kind !== 'boolean') return given >= FOUND ? 'both' : 'user';
  if (ofSchema) return 'default';
  if (given >= FOUND) return 'context';
  return Math.max(said, given) >= HALF_FOUND ? 'mixed' : 'new';
}

const NAMING = new Set(['enum', 'const', 'default', 'examples']);

/** The values that a tool's schema names as possible, in small letters. Reads at most some thousand nodes of it. */
export function valuesNamedBy(tool: ToolDefinition | undefined): Set<string> {
  const named = new Set<string>();
  const rest: unknown[] = [tool?.parameters];
  for (let read = 0; rest.length > 0 && read < 5000; read += 1) {
    const node = rest.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      if (NAMING.has(key)) for (const one of Array.isArray(value) ? value : [value]) if (typeof one !== 'object') named.add(String(one).trim().toLowerCase());
      rest.push(value);
    }
  }
  return named;
}
