import * as v from 'valibot';
import { ROLES } from '../policy/role.ts';
import { SEVERITIES, SIGNAL_NAMES } from '../verdict.ts';

const said = v.description;
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const span = v.pipe(v.strictTuple([whole, whole]), v.readonly(), said('Half-open range of UTF-16 code units in the text as the caller gave it.'));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const ids = v.pipe(v.array(v.string()), v.readonly());

const frameworks = v.pipe(
  v.strictObject({ owasp_llm: ids, mitre_atlas: ids, nist_ai_rmf: ids, eu_ai_act: ids }),
  said('References under the names that TUP’s rules give them.'),
);

const located = {
  title: v.string(),
  span,
  sha256: v.pipe(sha256, said('SHA-256 of the words found, as UTF-8.')),
  excerpt: v.optional(v.pipe(v.string(), said('The words found; only where the app asked for excerpts or the full text.'))),
};

const ruleFinding = v.strictObject({
  rule_id: v.string(),
  severity: v.picklist(SEVERITIES),
  level: v.pipe(whole, v.maxValue(15)),
  framework_mapping: frameworks,
  ...located,
  provenance: v.optional(v.pipe(ids, said('The steps to the reading that shows the words, `base64` for one; left out where the text itself shows them.'))),
  matched: v.optional(v.pipe(v.string(), said('The words as that reading shows them; only where the app asked for excerpts or the full text.'))),
  benign: v.optional(v.strictObject({ reason: v.string(), span, was: v.picklist(SEVERITIES) })),
});
const signalFinding = v.strictObject({ signal: v.picklist(SIGNAL_NAMES), score: probability, ...located });

/** The alert as JSON; `packages/core/schemas/alert.schema.json` is made of it. */
export const alertSchema = v.strictObject({
  schema: v.literal('portcullis.alert/1'),
  id: v.pipe(v.string(), said('The caller’s, else made of the text’s hash, the time and the request: the same alert has the same id.')),
  time: v.pipe(v.string(), v.isoTimestamp()),
  title: v.string(),
  action: v.picklist(['allow', 'warn', 'block']),
  severity: v.picklist(SEVERITIES),
  level: v.pipe(whole, v.maxValue(15), said('TUP’s level: low 3, medium 7, high 12, critical 15.')),
  reason: v.string(),
  decided_by: v.optional(v.strictObject({ kind: v.string(), field: v.optional(v.string()), limit: v.optional(v.union([v.number(), v.string()])) })),
  score: v.nullable(probability),
  confidence: probability,
  uncertainty: probability,
  variant: v.optional(v.pipe(ids, said('The reading that scored highest, by the steps that led to it; left out where that is the normalised text.'))),
  conversation: v.optional(
    v.pipe(
      v.strictObject({ turn: v.pipe(whole, v.minValue(1)), risk: v.nullable(probability), caught_at: v.optional(whole) }),
      said('Of a turn that was scanned in its conversation: its number among the user’s, what the turns come to, and the first that was held.'),
    ),
  ),
  judge: v.optional(
    v.pipe(
      v.strictObject({ by: v.string(), opinion: v.optional(v.picklist(['attack', 'benign'])), failed: v.optional(v.string()) }),
      said('The language model that was asked, and what it said or why it said nothing.'),
    ),
  ),
  rule_ids: ids,
  framework_mapping: frameworks,
  findings: v.pipe(v.array(v.union([ruleFinding, signalFinding])), v.readonly()),
  segments: v.pipe(
    v.array(v.strictObject({ kind: v.string(), span })),
    v.readonly(),
    said('The segments that findings lie in, where the caller gave segments.'),
  ),
  text: v.strictObject({
    mode: v.picklist(['hash', 'excerpt', 'full']),
    sha256,
    length: v.pipe(whole, said('UTF-16 code units.')),
    content: v.optional(v.string()),
  }),
  role: v.optional(v.picklist(ROLES)),
  source: v.optional(v.string()),
  session_id: v.optional(v.string()),
  request_id: v.optional(v.string()),
  override: v.optional(v.pipe(v.strictObject({ reason: v.optional(v.string()) }), said('A person sent the text all the same; the reason they gave, if any.'))),
  degraded: v.optional(
    v.strictObject({ code: v.string(), message: v.string(), missing: v.pipe(v.array(v.picklist(SIGNAL_NAMES)), v.readonly()), coverage: probability }),
  ),
  bundle: v.string(),
  backend: v.string(),
  latency_ms: v.pipe(v.number(), v.minValue(0)),
});

/** A verdict for a SIEM. */
export type Alert = v.InferOutput<typeof alertSchema>;
export type AlertFinding = Alert['findings'][number];
export type Frameworks = Alert['framework_mapping'];
