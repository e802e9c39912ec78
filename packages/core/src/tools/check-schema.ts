import { type Schema, Validator } from '@cfworker/json-schema';
import type { ParsedCall } from './parse-call.ts';
import type { ToolDefinition } from './tool-call.ts';
import type { ToolDecision, ToolFinding } from './tool-verdict.ts';

/** Most that is told of one call: the rest follows from it, or says the same. */
const MAX_TOLD = 5;
/** A schema nested deeper is nobody's honest one. */
const MAX_DEPTH = 30;

type Node = Readonly<Record<string, unknown>>;

/**
 * Holds a call's arguments against its tool's JSON Schema (draft 2020-12). Without code generation, so that it runs under a strict CSP;
 * `pattern` and what else makes regular expressions of a stranger's text is left out. A schema that is none gives a note.
 * @param decision What a breach calls for.
 */
export function schemaFindings(call: ParsedCall, tool: ToolDefinition | undefined, decision: ToolDecision): ToolFinding[] {
  const schema = tool?.parameters;
  if (schema === undefined || schema === null) return [];
  if (!isSchema(schema)) return [note(call, 'The tool has no JSON Schema: its arguments were not checked against it.')];
  try {
    const { errors } = new Validator(withoutPatterns(schema, 0), '2020-12', false).validate(argumentsOf(call));
    // The innermost errors say what is wrong; those around them, that something is.
    const told = errors.filter(({ keyword }) => !['properties', 'items', '$ref', 'allOf', 'prefixItems', 'additionalProperties'].includes(keyword));
    return told.slice(0, MAX_TOLD).map(({ instanceLocation, keyword, error }) => {
      const path = pathOfPointer(instanceLocation);
      const argument = call.arguments.find((one) => one.path === path);
      return {
        kind: 'schema',
        path,
        span: argument ? argument.spanOf(0, argument.text.length) : nameSpan(call),
        title: `${path || call.name.text}: ${keyword === 'false' ? 'the tool has no such argument.' : error}`,
        decision,
      };
    });
  } catch (error) {
    return [note(call, `The tool’s schema cannot be used: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

const nameSpan = ({ name }: ParsedCall) => name.spanOf(0, name.text.length);

const note = (call: ParsedCall, title: string): ToolFinding => ({ kind: 'schema', path: '', span: nameSpan(call), title, decision: 'allow' });

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** True of what says `type: object` and describes its properties by schemas: many a tool's parameters are written otherwise. */
function isSchema(value: unknown): value is Node {
  if (!isNode(value) || value['type'] !== 'object') return false;
  const properties = value['properties'] ?? {};
  return isNode(properties) && Object.values(properties).every((property) => isNode(property) || typeof property === 'boolean');
}

const REGULAR = new Set(['pattern', 'patternProperties', 'format']);

function withoutPatterns(schema: unknown, depth: number): Schema {
  if (depth > MAX_DEPTH) throw new Error(`it is nested deeper than ${MAX_DEPTH}`);
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => clean(one));
    return isNode(value) ? withoutPatterns(value, depth + 1) : value;
  };
  const entries = Object.entries(schema as Node).filter(([key, value]) => !(REGULAR.has(key) && (typeof value === 'string' || key === 'patternProperties')));
  return Object.fromEntries(entries.map(([key, value]) => [key, clean(value)]));
}

function argumentsOf({ json }: ParsedCall): unknown {
  const given: unknown = (JSON.parse(json) as Node)['arguments'] ?? {};
  return typeof given === 'string' ? JSON.parse(given.trim() === '' ? '{}' : given) : given;
}

/** `#/recipients/0` as `recipients[0]`. */
function pathOfPointer(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return steps
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`), '');
}
