import type { ErrorData } from '../errors.ts';
import type { Policy } from '../policy/schema.ts';
import { matchesPattern } from '../policy/source-pattern.ts';
import type { ToolLevel } from '../policy/tool-rules.ts';
import type { Span } from '../verdict.ts';
import { schemaFindings } from './check-schema.ts';
import type { Argument, CallProblem, ParsedCall } from './parse-call.ts';
import type { Provenance } from './provenance.ts';
import type { ToolCallRequest } from './tool-call.ts';
import type { CheckedArgument, ToolDecision, ToolFinding, ToolVerdict } from './tool-verdict.ts';

/** What the verifier says of one value. */
export interface ArgumentScore {
  readonly score: number;
  /** Ranges of the value's text whose words were not asked for. */
  readonly words: readonly (readonly [start: number, end: number])[];
}

/** By path; a value that the verifier did not read is missing. */
export type CallScores = ReadonlyMap<string, ArgumentScore>;

/** Scores of a value from which a person is asked, and from which the call is blocked. */
export interface ToolThresholds {
  readonly confirm: number;
  readonly block: number;
}

/** The part of a tool's verdict that rules and scores alone decide. */
export type CallRuling = Pick<ToolVerdict, 'decision' | 'score' | 'reason' | 'json' | 'tool' | 'arguments' | 'findings'>;

const GRAVITY: Readonly<Record<ToolDecision, number>> = { allow: 0, confirm: 1, block: 2 };

const PROBLEM: Readonly<Record<CallProblem['kind'], string>> = {
  'duplicate-key': 'stands there twice: two readers may take it differently',
  'prototype-key': 'is a key that changes what other values mean',
};

/** The level that the policy gives a tool: that of the first rule that names one, else the policy's own. */
export function levelOf({ tools }: Policy, name: string): ToolLevel {
  return tools.rules.find(({ match }) => matchesPattern(match, name))?.level ?? tools.level;
}

/**
 * Rules on a call: the keys that two readers may take differently, the tool's schema, its level, known values, and what the verifier says.
 * @param bundle The thresholds of what gave the scores, for those that the policy does not set.
 */
export function ruleOnCall(
  call: ParsedCall,
  { tool }: Pick<ToolCallRequest, 'tool'>,
  provenance: ReadonlyMap<string, Provenance>,
  scores: CallScores,
  policy: Policy,
  bundle: ToolThresholds,
): CallRuling {
  const { tools } = policy;
  const { confirm, block } = toolThresholds(policy, bundle);
  const name = call.name.text;
  const values = tools.rules.find(({ match }) => matchesPattern(match, name))?.values ?? [];
  const isKnown = ({ path, text }: Argument): boolean | undefined =>
    values.find((known) => matchesPattern(known.path, path))?.allow.some((pattern) => matchesPattern(pattern, text));
  // Who may be written to, and what, is settled: then so is the writing.
  const settled = call.arguments.length > 0 && call.arguments.every((argument) => isKnown(argument) === true);
  const findings: ToolFinding[] = [
    ...call.problems.map(({ kind, path, span }): ToolFinding => ({ kind, path, span, title: `${path} ${PROBLEM[kind]}.`, decision: 'block' })),
    ...levelFindings(call, levelOf(policy, name), provenance),
    ...schemaFindings(call, tool, tools.schema === 'note' ? 'allow' : tools.schema),
  ];
  const check = (argument: Argument, known: boolean | undefined): CheckedArgument => {
    const { path, text } = argument;
    const [span, source] = [wholeOf(argument), provenance.get(path) ?? 'new'];
    const given = scores.get(path);
    const unasked = given !== undefined && given.score >= confirm && known !== true;
    if (known === false) {
      findings.push({ kind: 'not-listed', path, span, title: `${path}: ${quoted(text)} is not among the values that are allowed.`, decision: 'confirm' });
    }
    if (unasked) {
      const decision = given.score >= block ? tools.unasked : 'confirm';
      findings.push({ kind: 'unasked', path, span, title: unaskedTitle(argument, name, source), decision });
    }
    const words = unasked ? given.words.map(([start, end]) => argument.spanOf(start, end)) : [];
    return { path, span, provenance: source, score: given?.score ?? null, words };
  };
  const itself = check(call.name, settled ? true : undefined);
  const checked = call.arguments.map((argument) => check(argument, isKnown(argument)));
  const ordered = findings.toSorted((a, b) => GRAVITY[b.decision] - GRAVITY[a.decision]);
  const decision = ordered[0]?.decision ?? 'allow';
  const read = [...scores.values()].map(({ score }) => score);
  const score = read.length === 0 ? null : Math.max(...read);
  return { decision, score, reason: reasonOf(name, decision, ordered), json: call.json, tool: itself, arguments: checked, findings: ordered };
}

/** The policy's thresholds, and the bundle's where it sets none. A policy that moves one past the other moves both. */
export function toolThresholds({ tools }: Policy, bundle: ToolThresholds): ToolThresholds {
  const block = tools.block ?? Math.max(bundle.block, tools.confirm ?? 0);
  return { block, confirm: tools.confirm ?? Math.min(bundle.confirm, block) };
}

const wholeOf = (argument: Argument): Span => argument.spanOf(0, argument.text.length);

function levelFindings(call: ParsedCall, level: ToolLevel, provenance: ReadonlyMap<string, Provenance>): ToolFinding[] {
  const at = { path: '', span: wholeOf(call.name) };
  if (level === 'never') return [{ kind: 'level', ...at, title: `${call.name.text} must not be called.`, decision: 'block' }];
  if (level === 'always') return [{ kind: 'level', ...at, title: `${call.name.text} is always asked about.`, decision: 'confirm' }];
  if (level !== 'tainted') return [];
  return call.arguments
    .filter(({ path }) => provenance.get(path) === 'context')
    .map((argument) => ({
      kind: 'tainted',
      path: argument.path,
      span: wholeOf(argument),
      title: `${argument.path}: ${quoted(argument.text)} comes from what was read, not from you.`,
      decision: 'confirm',
    }));
}

const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;

const FROM: Readonly<Record<Provenance, string>> = {
  user: ', though you named it',
  context: '; it comes from what was read',
  both: '',
  mixed: '',
  default: '',
  new: '; nobody named it',
};

function unaskedTitle({ path, text }: Argument, name: string, provenance: Provenance): string {
  return path === '' ? `You did not ask for ${name}.` : `${path}: you did not ask for ${quoted(text)}${FROM[provenance]}.`;
}

function reasonOf(name: string, decision: ToolDecision, findings: readonly ToolFinding[]): string {
  if (decision === 'allow') return `${name} does what you asked for.`;
  const [first, ...rest] = findings.filter((finding) => finding.decision !== 'allow');
  const more = rest.length === 0 ? '' : ` And ${rest.length} more.`;
  return `${decision === 'block' ? 'Not called' : 'Asked first'}: ${first?.title ?? ''}${more}`;
}

/** The ruling on what is no call: blocked, with the reason. */
export function unreadableCall(call: ToolCallRequest['call'], reason: ErrorData): CallRuling & Pick<ToolVerdict, 'degraded'> {
  const none = { path: '', span: [0, 0], provenance: 'new', score: null, words: [] } as const;
  const json = typeof call === 'string' ? call : '';
  return {
    decision: 'block',
    score: null,
    reason: `Not called: ${reason.message}.`,
    json,
    tool: none,
    arguments: [],
    findings: [],
    degraded: { reason, coverage: 0 },
  };
}
