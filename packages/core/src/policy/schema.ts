import * as v from 'valibot';
import { SEVERITIES } from '../verdict.ts';
import { ROLES } from './role.ts';
import { toolsSchema } from './tool-rules.ts';

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const severityOrNever = v.picklist([...SEVERITIES, 'never']);
const pattern = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** What a role or a source may set otherwise. */
const override = {
  off: v.optional(v.boolean()),
  block: v.optional(probability),
  warn: v.optional(probability),
  blockSeverity: v.optional(severityOrNever),
  warnSeverity: v.optional(severityOrNever),
  benignGuard: v.optional(v.boolean()),
};

/** To whom an entry of the allow-list applies, and until when. */
const scope = {
  roles: v.optional(v.pipe(v.array(v.picklist(ROLES)), v.minLength(1))),
  rules: v.optional(v.pipe(v.array(pattern), v.minLength(1))),
  expires: v.optional(v.union([v.pipe(v.string(), v.isoDate()), v.pipe(v.string(), v.isoTimestamp())])),
  note: v.optional(v.pipe(v.string(), v.maxLength(500))),
};

/** What is done about an answer while it streams. */
const answer = v.strictObject({
  redact: v.optional(severityOrNever, 'medium'),
  stop: v.optional(severityOrNever, 'critical'),
  hold: v.optional(v.picklist(['sentence', 'word']), 'sentence'),
});

/** How a turn is read in its conversation. */
const conversation = v.strictObject({
  window: v.optional(count(1, 50), 6),
  block: v.optional(probability),
  warn: v.optional(probability),
  cumulative: v.optional(v.boolean(), true),
  store: v.optional(v.picklist(['nothing', 'embeddings', 'texts']), 'nothing'),
});

const allow = v.strictObject({
  phrases: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          text: v.pipe(v.string(), v.minLength(3), v.maxLength(2000)),
          sources: v.optional(v.pipe(v.array(pattern), v.minLength(1))),
          ...scope,
        }),
      ),
      v.maxLength(1000),
    ),
    [],
  ),
  sources: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          match: pattern,
          upTo: v.optional(v.picklist(SEVERITIES), 'medium'),
          ...scope,
        }),
      ),
      v.maxLength(1000),
    ),
    [],
  ),
});

/** The policy as an app writes it; `packages/core/schemas/policy.schema.json` is made of it and of `descriptions.ts`. */
export const policySchema = v.strictObject({
  preset: v.optional(v.picklist(['strict', 'balanced', 'quiet']), 'balanced'),
  mode: v.optional(v.picklist(['production', 'benchmark']), 'production'),
  block: v.optional(probability),
  warn: v.optional(probability),
  blockSeverity: v.optional(severityOrNever, 'high'),
  warnSeverity: v.optional(severityOrNever, 'never'),
  benignGuard: v.optional(v.boolean()),
  fail: v.optional(v.picklist(['closed', 'open']), 'closed'),
  sendAnyway: v.optional(v.picklist(['free', 'reason', 'never']), 'free'),
  maxTokens: v.optional(count(128, 1_000_000), 16_384),
  maxMillis: v.optional(count(1, 600_000)),
  gray: v.optional(v.strictTuple([probability, probability]), [0.15, 0.85]),
  variants: v.optional(
    v.strictObject({
      maxVariants: v.optional(count(1, 1000), 32),
      maxBytes: v.optional(count(1024, 67_108_864), 1_048_576),
    }),
    {},
  ),
  roles: v.optional(
    v.strictObject({
      user: v.optional(v.strictObject(override)),
      assistant: v.optional(v.strictObject(override)),
      system: v.optional(v.strictObject(override)),
      tool: v.optional(v.strictObject(override)),
      document: v.optional(v.strictObject(override)),
    }),
    {},
  ),
  answer: v.optional(answer, {}),
  sources: v.optional(v.pipe(v.array(v.strictObject({ match: pattern, ...override })), v.maxLength(1000)), []),
  allow: v.optional(allow, {}),
  conversation: v.optional(conversation, {}),
  tools: v.optional(toolsSchema, {}),
});

/** What an app may set. Every field has a default. */
export type PolicyInput = v.InferInput<typeof policySchema>;
/** A policy with its defaults filled in. Thresholds left out come from the bundle. */
export type Policy = v.InferOutput<typeof policySchema>;
/** An entry of `roles` or `sources`. */
export type Override = NonNullable<Policy['roles']['user']>;
/** What is done about an answer while it streams. */
export type AnswerPolicy = Policy['answer'];
/** The allow-list. */
export type AllowList = Policy['allow'];
