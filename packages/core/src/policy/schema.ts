import * as v from 'valibot';
import { SEVERITIES } from '../verdict.ts';
import { ROLES } from './role.ts';
import { toolsSchema } from './tool-rules.ts';

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const severityOrNever = v.picklist([...SEVERITIES, 'never']);
const pattern = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const said = v.description;

const block = v.pipe(probability, said('Score at and above which a text is blocked; without it, the bundle’s global threshold.'));
const warn = v.pipe(probability, said('Score at and above which a person is asked first; without it, the bundle’s. Never above `block`.'));
const blockSeverity = v.pipe(
  severityOrNever,
  said('Lowest severity of a rule finding that blocks whatever the models say. `never`: rules only add to the score.'),
);
const warnSeverity = v.pipe(severityOrNever, said('Lowest severity of a rule finding that asks a person whatever the models say.'));
const benignGuard = v.pipe(
  v.boolean(),
  said('Whether quoted or discussed attacks weigh less; without it, on in mode `production` and off in mode `benchmark`.'),
);

/** What a role or a source may set otherwise. */
const override = {
  off: v.optional(v.pipe(v.boolean(), said('Nothing of this kind is scanned; the verdict says so.'))),
  block: v.optional(block),
  warn: v.optional(warn),
  blockSeverity: v.optional(blockSeverity),
  warnSeverity: v.optional(warnSeverity),
  benignGuard: v.optional(benignGuard),
};

/** To whom an entry of the allow-list applies, and until when. */
const scope = {
  roles: v.optional(v.pipe(v.array(v.picklist(ROLES)), v.minLength(1), said('Applies to these roles only.'))),
  rules: v.optional(v.pipe(v.array(pattern), v.minLength(1), said('Cancels findings of these rules only; `*` stands for any run.'))),
  expires: v.optional(
    v.pipe(
      v.union([v.pipe(v.string(), v.isoDate()), v.pipe(v.string(), v.isoTimestamp())]),
      said('From this instant on the entry is void; a date means its first moment, UTC.'),
    ),
  ),
  note: v.optional(v.pipe(v.string(), v.maxLength(500), said('Why the entry is there, for people.'))),
};

/** What is done about an answer while it streams. */
const answer = v.strictObject({
  redact: v.optional(
    v.pipe(severityOrNever, said('Lowest severity of a rule finding that is taken out of an answer, with a placeholder in its place.')),
    'medium',
  ),
  stop: v.optional(
    v.pipe(severityOrNever, said('Lowest severity of a rule finding that ends an answer. A score ends it, too, from half-way between `block` and 1 on.')),
    'critical',
  ),
  hold: v.optional(
    v.pipe(
      v.picklist(['sentence', 'word']),
      said(
        '`sentence`: nothing is shown before rules and models have read its sentence. `word`: before the rules have; the models follow, and can end what has begun.',
      ),
    ),
    'sentence',
  ),
});

const allow = v.strictObject({
  phrases: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          text: v.pipe(v.string(), v.minLength(3), v.maxLength(2000), said('The phrase, letter for letter.')),
          sources: v.optional(v.pipe(v.array(pattern), v.minLength(1), said('Applies to these sources only.'))),
          ...scope,
        }),
      ),
      v.maxLength(1000),
      said('Phrases whose findings are cancelled where they lie wholly within the phrase.'),
    ),
    [],
  ),
  sources: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          match: v.pipe(pattern, said('The source; `*` stands for any run.')),
          upTo: v.optional(v.pipe(v.picklist(SEVERITIES), said('Highest severity that is cancelled.')), 'medium'),
          ...scope,
        }),
      ),
      v.maxLength(1000),
      said('Senders whose rule findings are cancelled up to a severity; the models score them as ever.'),
    ),
    [],
  ),
});

/** The policy as an app writes it; `packages/core/schemas/policy.schema.json` is made of it. */
export const policySchema = v.strictObject({
  preset: v.optional(v.pipe(v.picklist(['strict', 'balanced', 'quiet']), said('Values to start from; fields set beside it win.')), 'balanced'),
  mode: v.optional(
    v.pipe(
      v.picklist(['production', 'benchmark']),
      said('`production`: the bundle’s threshold, benign guard on. `benchmark`: blocks from 0.15 on at the latest, benign guard off (TUP).'),
    ),
    'production',
  ),
  block: v.optional(block),
  warn: v.optional(warn),
  blockSeverity: v.optional(blockSeverity, 'high'),
  warnSeverity: v.optional(warnSeverity, 'never'),
  benignGuard: v.optional(benignGuard),
  fail: v.optional(v.pipe(v.picklist(['closed', 'open']), said('What happens to a text that could not be scored in full.')), 'closed'),
  maxTokens: v.optional(
    v.pipe(count(128, 1_000_000), said('Longest text the models scan, in tokens; the rest is seen by the rules only and the verdict says so.')),
    16_384,
  ),
  gray: v.optional(
    v.pipe(v.strictTuple([probability, probability]), said('Scores from the first to the second may go to a judge, where the app has one (TUP).')),
    [0.15, 0.85],
  ),
  variants: v.optional(
    v.pipe(
      v.strictObject({
        maxVariants: v.optional(v.pipe(count(1, 1000), said('Most readings of one text that are scanned: folded, decoded, joined, by segment.')), 32),
        maxBytes: v.optional(v.pipe(count(1024, 67_108_864), said('Most bytes that all readings of one text may have together.')), 1_048_576),
      }),
      said('Bounds for the readings of a text.'),
    ),
    {},
  ),
  roles: v.optional(
    v.pipe(
      v.strictObject({
        user: v.optional(v.strictObject(override)),
        assistant: v.optional(v.strictObject(override)),
        system: v.optional(v.strictObject(override)),
        tool: v.optional(v.strictObject(override)),
        document: v.optional(v.strictObject(override)),
      }),
      said('Other values for texts of a role.'),
    ),
    {},
  ),
  answer: v.optional(v.pipe(answer, said('What is done about an answer while it streams.')), {}),
  sources: v.optional(
    v.pipe(
      v.array(v.strictObject({ match: v.pipe(pattern, said('The source; `*` stands for any run.')), ...override })),
      v.maxLength(1000),
      said('Other values for texts of a source; the first entry that matches counts, and it outranks the role.'),
    ),
    [],
  ),
  allow: v.optional(v.pipe(allow, said('What is known to be harmless.')), {}),
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
