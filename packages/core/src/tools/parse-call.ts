import { PortcullisError } from '../errors.ts';
import type { Span } from '../verdict.ts';
import { type JsonLeaf, type JsonProblem, jsonLeaves, pathOf } from './json-leaves.ts';
import type { ToolCall } from './tool-call.ts';

/** Most UTF-16 code units of a call's JSON. */
export const MAX_CALL_LENGTH = 2 ** 21;

/** One value of a call. */
export interface Argument {
  /** Within `arguments`: `recipients[0]`; that of the tool's name is empty. */
  readonly path: string;
  readonly kind: JsonLeaf['kind'];
  /** A string as it reads, anything else as it is written. */
  readonly text: string;
  /** Where `text.slice(start, end)` stands in the call's JSON. */
  spanOf(start: number, end: number): Span;
}

/** A key of the call that two readers of its JSON may take differently. */
export interface CallProblem {
  readonly kind: JsonProblem['kind'];
  readonly path: string;
  readonly span: Span;
}

/** A call, read with its places. */
export interface ParsedCall {
  /** The JSON that all spans point into: the text as given, or what `JSON.stringify` makes of the call. */
  readonly json: string;
  readonly name: Argument;
  /** In the order of the call. */
  readonly arguments: readonly Argument[];
  readonly problems: readonly CallProblem[];
}

/**
 * Reads a call; arguments may be an object, or a string with the JSON of one, as OpenAI-shaped interfaces have it.
 * @throws {PortcullisError} `tool-call-invalid` for no JSON, no name, no arguments that have names, a circular object, too much nesting, or more than `MAX_CALL_LENGTH`.
 */
export function parseCall(call: ToolCall | string): ParsedCall {
  const json = typeof call === 'string' ? call : stringified(call);
  if (json.length > MAX_CALL_LENGTH) throw new PortcullisError('tool-call-invalid', `the call has ${json.length} units, the limit is ${MAX_CALL_LENGTH}`);
  const { leaves, problems } = jsonLeaves(json);
  const name = leaves.find(({ steps }) => steps.length === 1 && steps[0] === 'name');
  if (name?.kind !== 'string' || name.text.trim() === '') throw new PortcullisError('tool-call-invalid', 'the call names no tool');
  const whole = leaves.find(({ steps }) => steps.length === 1 && steps[0] === 'arguments');
  const inner = whole === undefined ? { leaves: leaves.filter(isArgument).map(within), problems: [] } : quoted(whole);
  return {
    json,
    name: argumentOf(name, []),
    arguments: inner.leaves,
    problems: [...problems.map(({ kind, steps, span }) => ({ kind, path: pathOf(isArgument({ steps }) ? steps.slice(1) : steps), span })), ...inner.problems],
  };
}

function stringified(call: ToolCall): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(call);
  } catch (cause) {
    throw new PortcullisError('tool-call-invalid', `the call cannot be written as JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (json === undefined) throw new PortcullisError('tool-call-invalid', 'the call cannot be written as JSON');
  return json;
}

const isArgument = ({ steps }: Pick<JsonLeaf, 'steps'>): boolean => steps.length > 1 && steps[0] === 'arguments';

const within = (leaf: JsonLeaf): Argument => argumentOf(leaf, leaf.steps.slice(1));

const argumentOf = ({ kind, text, spanOf }: JsonLeaf, steps: JsonLeaf['steps']): Argument => ({ path: pathOf(steps), kind, text, spanOf });

/** Arguments that are one value: nothing, or JSON in a string, whose places lead through the string's own. */
function quoted({ kind, text, spanOf }: JsonLeaf): { readonly leaves: readonly Argument[]; readonly problems: readonly CallProblem[] } {
  if (kind === 'null' || (kind === 'string' && text.trim() === '')) return { leaves: [], problems: [] };
  if (kind !== 'string' || !text.trim().startsWith('{')) throw new PortcullisError('tool-call-invalid', 'the arguments of the call have no names');
  const { leaves, problems } = jsonLeaves(text);
  return {
    leaves: leaves.map((leaf) => ({ ...argumentOf(leaf, leaf.steps), spanOf: (start, end) => spanOf(...leaf.spanOf(start, end)) })),
    problems: problems.map((problem) => ({ kind: problem.kind, path: pathOf(problem.steps), span: spanOf(...problem.span) })),
  };
}
