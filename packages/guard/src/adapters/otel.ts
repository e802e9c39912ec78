import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import { type Attribution, alertOf, errorData, toOtelEvent, type Verdict } from '@portcullis/core';
import type { ConversationVerdict } from '@portcullis/core/conversation';
import type { ToolVerdict } from '@portcullis/core/tools';
import type { ToolsReport } from '../check-tools.ts';
import type { Conversation, Guard, ScanOptions } from '../guard.ts';
import { safeScanOf } from '../safe-scan.ts';

export interface TelemetryOptions {
  /** The conventions for generative AI are in development, those for guardrails a draft: names may change, and with them these spans. */
  readonly experimental: true;
  /** The app's id of the session, as `gen_ai.conversation.id`. */
  readonly sessionId?: string;
}

/** `SpanStatusCode.ERROR`: for it alone the library need not be there at run time. */
const ERROR = 2;
const RESULT = 'gen_ai.evaluation.result';

/**
 * The guard with a span for every scan, by itself or in a conversation, every attribution, and every check of a tool call or of servers' tools:
 * `run_guardrail portcullis`, a child of what is under way, with the event `gen_ai.evaluation.result` where there is a verdict. Scores, ids of rules,
 * hashes, counts and codes go out, and no word of a text, of a call, or of where they come from. What the gate reads of an answer has no spans, nor has
 * what `said` reads of a text that was not scanned before.
 * @param tracer The app's, of `@opentelemetry/api`.
 * Its scans throw `input-invalid` unless `experimental` is set.
 */
export function withTelemetry(guard: Guard, tracer: Tracer, options: TelemetryOptions): Guard {
  const traced = <T>(attributes: Attributes, work: () => Promise<T>, tell: (span: Span, result: T) => void): Promise<T> =>
    tracer.startActiveSpan('run_guardrail portcullis', { attributes: { 'gen_ai.operation.name': 'run_guardrail', ...attributes } }, async (span) => {
      try {
        const result = await work();
        tell(span, result);
        return result;
      } catch (error) {
        const aborted = error instanceof DOMException && error.name === 'AbortError';
        span.setAttribute('error.type', aborted ? 'cancelled' : errorData(error, 'worker-crashed').code);
        if (!aborted) span.setStatus({ code: ERROR });
        throw error;
      } finally {
        span.end();
      }
    });

  const scanned = <V extends Verdict>(text: string, context: ScanOptions, scan: () => Promise<V>, more: (verdict: V) => Attributes = () => ({})): Promise<V> =>
    traced({ 'portcullis.role': context.role ?? 'user' }, scan, (span, verdict) => tellVerdict(span, verdict, text, context, more(verdict), options));
  const scan = (text: string, context: ScanOptions = {}): Promise<Verdict> => scanned(text, context, () => guard.scan(text, context));

  const told: Pick<Guard, 'scan' | 'safeScan' | 'attribution' | 'conversation' | 'checkToolCall' | 'checkTools'> = {
    scan,
    safeScan: async (text, context) => safeScanOf(text, await scan(text, context)),
    attribution: (text, context = {}) => traced({ 'portcullis.role': context.role ?? 'user' }, () => guard.attribution(text, context), tellAttribution),
    conversation: (id): Conversation => {
      const conversation = guard.conversation(id);
      return { ...conversation, scan: (text, context = {}) => scanned(text, context, () => conversation.scan(text, context), tellTurn) };
    },
    checkToolCall: (request, context) => traced({ 'portcullis.role': 'tool_call' }, () => guard.checkToolCall(request, context), tellToolVerdict),
    checkTools: (servers, context) => traced({ 'portcullis.role': 'tool' }, () => guard.checkTools(servers, context), tellTools),
  };
  // Property by property: its state is read when it is asked for.
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(guard), ...Object.getOwnPropertyDescriptors(told) }) as Guard;
}

function tellVerdict(span: Span, verdict: Verdict, text: string, { role }: ScanOptions, more: Attributes, { experimental, sessionId }: TelemetryOptions): void {
  const alert = alertOf(verdict, { text, time: Date.now(), ...(role && { role }), ...(sessionId !== undefined && { sessionId }) });
  // The reason may say what went wrong in the words of whatever did.
  const { 'gen_ai.evaluation.explanation': _reason, ...attributes } = toOtelEvent(alert, { experimental }).attributes;
  span.addEvent(RESULT, { ...(attributes as Attributes), ...more });
  if (verdict.degraded) failed(span, verdict.degraded.reason.code);
}

function tellToolVerdict(span: Span, { decision, score, degraded, findings, bundle, latencyMs }: ToolVerdict): void {
  span.addEvent(RESULT, {
    'gen_ai.evaluation.name': 'tool_call',
    'gen_ai.evaluation.score.label': decision,
    ...(score !== null && { 'gen_ai.evaluation.score.value': score }),
    'portcullis.findings': findings.length,
    'portcullis.bundle': bundle,
    'portcullis.latency_ms': latencyMs,
  });
  if (degraded) failed(span, degraded.reason.code);
}

/** What is told of servers' tools: no name, and of their texts the rules alone. */
function tellTools(span: Span, { decision, tools }: ToolsReport): void {
  const verdicts = tools.flatMap(({ poisoned }) => poisoned.map(({ verdict }) => verdict));
  span.addEvent(RESULT, {
    'gen_ai.evaluation.name': 'tool_definitions',
    'gen_ai.evaluation.score.label': decision,
    'portcullis.tools': tools.length,
    'portcullis.tools.poisoned': tools.filter(({ poisoned }) => poisoned.length > 0).length,
    'portcullis.tools.shadowing': tools.filter(({ shadows }) => shadows.length > 0).length,
    'portcullis.rule_ids': [...new Set(verdicts.flatMap(({ findings }) => findings.flatMap((finding) => ('rule' in finding ? [finding.rule] : []))))],
  });
  const degraded = verdicts.find((verdict) => verdict.degraded)?.degraded;
  if (degraded) failed(span, degraded.reason.code);
}

/** It decides nothing: the span says how much there was to mark, and no event tells a result. */
function tellAttribution(span: Span, { marks, readings }: Attribution): void {
  span.setAttributes({ 'portcullis.marks': marks.length, 'portcullis.readings': readings });
}

/** Where the conversation stands; its id is the app's. */
function tellTurn({ conversation: { turn, risk } }: ConversationVerdict): Attributes {
  return { 'portcullis.conversation.turn': turn, ...(risk !== null && { 'portcullis.conversation.risk': risk }) };
}

function failed(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: ERROR });
}
