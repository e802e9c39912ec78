import { PortcullisError } from '../errors.ts';
import type { Span } from '../verdict.ts';
import { jsonString } from './json-string.ts';

/** Nesting that no honest call reaches; JSON.stringify and every reader after us would recurse that deep. */
export const MAX_DEPTH = 100;

type Step = string | number;

/** A value of a JSON text that holds no other. */
export interface JsonLeaf {
  /** Keys and indices that lead to it. */
  readonly steps: readonly Step[];
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  /** A string as it reads, anything else as it is written. */
  readonly text: string;
  /** Where `text.slice(start, end)` stands in the JSON. */
  spanOf(start: number, end: number): Span;
}

/** What a reader of the same JSON might take another way. */
export interface JsonProblem {
  readonly kind: 'duplicate-key' | 'prototype-key';
  readonly steps: readonly Step[];
  /** Of the key, with its quotes. */
  readonly span: Span;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

interface Level {
  readonly keys: Set<string> | undefined;
  step: Step;
  /** In an object: a key has been read, its value is next. */
  valued: boolean;
}

/**
 * Reads the leaves of a JSON text with their places, and the keys that readers take differently. Iterative, linear in the text.
 * @throws {PortcullisError} `tool-call-invalid` for what is no JSON, or nested deeper than `MAX_DEPTH`.
 */
export function jsonLeaves(json: string): { readonly leaves: readonly JsonLeaf[]; readonly problems: readonly JsonProblem[] } {
  try {
    JSON.parse(json);
  } catch (cause) {
    throw new PortcullisError('tool-call-invalid', `the call is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const leaves: JsonLeaf[] = [];
  const problems: JsonProblem[] = [];
  const levels: Level[] = [];
  const steps = (): Step[] => levels.map(({ step }) => step);
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      if (levels.length === MAX_DEPTH) throw new PortcullisError('tool-call-invalid', `the call is nested deeper than ${MAX_DEPTH}`);
      levels.push(token === '{' ? { keys: new Set(), step: '', valued: false } : { keys: undefined, step: 0, valued: true });
    } else if (token === '}' || token === ']') levels.pop();
    else if (token === ':') continue;
    else if (token === ',') {
      if (level?.keys) level.valued = false;
      else if (level) level.step = Number(level.step) + 1;
    } else if (level?.keys && !level.valued) {
      const key: string = JSON.parse(token);
      level.step = key;
      level.valued = true;
      const span = [index, index + token.length] as const;
      if (PROTOTYPE_KEYS.has(key)) problems.push({ kind: 'prototype-key', steps: steps(), span });
      if (level.keys.has(key)) problems.push({ kind: 'duplicate-key', steps: steps(), span });
      level.keys.add(key);
    } else leaves.push({ steps: steps(), ...leafOf(token, index) });
  }
  return { leaves, problems };
}

function leafOf(token: string, index: number): Omit<JsonLeaf, 'steps'> {
  if (token.startsWith('"')) return { kind: 'string', ...jsonString(token, index) };
  const kind = token === 'null' ? 'null' : token === 'true' || token === 'false' ? 'boolean' : 'number';
  return { kind, text: token, spanOf: (start, end) => [index + start, index + end] };
}

const PLAIN_KEY = /^[^.[\]"\s]+$/;

/** `recipients[0]`, `filter.from`; a key that would read otherwise stands in brackets and quotes. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!PLAIN_KEY.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}
