import type { Role } from '../policy/role.ts';
import { type Normalised, normalise, originalSpan } from '../text/normalise.ts';
import { type RuleFinding, rankOf, type Span } from '../verdict.ts';
import { ownersIn } from './anchors.ts';
import { passes } from './checks.ts';
import { codeRanges, liesWithin } from './code-ranges.ts';
import type { CompiledRule, RuleSet } from './compile.ts';
import { imagesByReference } from './image-references.ts';

/** A reading of the text: folded, decoded or cut out of it, with offsets into the original. */
export interface MatchVariant extends Normalised {
  /** The steps that led to it; the first reading is `['normalised']`. */
  readonly provenance: readonly string[];
  /** True of a stretch of the first reading. */
  readonly part?: boolean;
}

/** Findings that one rule may give for one text; more say nothing new to a verdict. What is to be taken out of a text needs all of them. */
const MAX_FINDINGS_PER_RULE = 5;

const PLAIN = 'normalised';
/** The end of the sentence before, by which a pattern knows that one begins: no part of what it found. */
const SENTENCE_END = /^[\s.!?,;:…]+(?=["'“‘«]?\p{L})/u;

/**
 * Runs every rule for `role` whose anchors stand in a variant over that variant; spans point into the text as given.
 * What several variants show at one place is one finding, the first variant's. Strongest first.
 * Linear in the length of the variants together, whatever they hold; throws on no text.
 * @param variants Readings of `text`; its normalised form if left out.
 * @param role Who the text comes from.
 * @param most Findings that one rule may give.
 */
export function matchRules(
  ruleSet: RuleSet,
  text: string,
  variants?: readonly MatchVariant[],
  role: Role = 'user',
  most = MAX_FINDINGS_PER_RULE,
): RuleFinding[] {
  const places = new Map<CompiledRule, RuleFinding[]>();
  const heard = ruleSet.rules.map(({ rule }) => rule.roles.includes(role));
  const rendered = ruleSet.rules.map(({ rule }, owner) => rule.rendered === true && heard[owner] === true);
  const renders = rendered.includes(true);
  const match = (variant: MatchVariant, these: readonly boolean[]): void => {
    const present = ownersIn(ruleSet.anchors, variant.text);
    let ranges: readonly Span[] | undefined;
    const code = (): readonly Span[] => (ranges ??= codeRanges(variant.text));
    ruleSet.rules.forEach((compiled, owner) => {
      if (present[owner] === 0 || !these[owner]) return;
      const found = places.get(compiled) ?? [];
      places.set(compiled, found);
      matchOne(compiled, text, variant, code, found, most);
    });
  };
  for (const variant of variants ?? [{ ...normalise(text), provenance: [PLAIN] }]) {
    match(variant, heard);
    const shown = renders ? imagesByReference(variant) : variant;
    if (shown !== variant) match({ ...variant, ...shown }, rendered);
  }
  return [...places.values()].flat().sort((a, b) => rankOf(b.severity) - rankOf(a.severity) || a.span[0] - b.span[0]);
}

/** Adds one rule's findings in one variant to `found`. */
function matchOne(
  { rule, patterns, also }: CompiledRule,
  text: string,
  variant: MatchVariant,
  code: () => readonly Span[],
  found: RuleFinding[],
  most: number,
): void {
  if (!also.every((pattern) => variant.text.search(pattern) >= 0)) return;
  for (const pattern of patterns) {
    for (const match of variant.text.matchAll(pattern)) {
      if (found.length >= most) return;
      const told = match.groups?.['value'] ?? match[0].replace(SENTENCE_END, '');
      if (told === '' || (rule.check && !passes(rule.check, told))) continue;
      // A value ends what introduces it: its last place in the match is its own.
      const start = match.index + match[0].lastIndexOf(told);
      if (rule.rendered && liesWithin([start, start + told.length], code())) continue;
      const span = originalSpan(variant, start, start + told.length);
      if (!found.some((other) => within(span, other.span))) found.push(findingOf(rule, text, span, variant, told));
    }
  }
}

const within = (inner: Span, outer: Span): boolean => inner[0] >= outer[0] && inner[1] <= outer[1];

function findingOf(rule: CompiledRule['rule'], text: string, span: Span, variant: MatchVariant, matched: string): RuleFinding {
  const { id, title, severity, owasp, atlas, nist, euAiAct } = rule;
  const finding = { rule: id, title, severity, span, excerpt: text.slice(...span), owasp, atlas, nist, euAiAct };
  const plain = variant.part === true || (variant.provenance.length === 1 && variant.provenance[0] === PLAIN);
  return plain ? finding : { ...finding, provenance: variant.provenance, matched };
}
