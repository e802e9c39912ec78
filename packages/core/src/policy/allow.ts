import { type AllowedFinding, type RuleFinding, rankOf } from '../verdict.ts';
import type { Origin } from './role.ts';
import type { AllowList } from './schema.ts';
import { matchesPattern } from './source-pattern.ts';

type Phrase = AllowList['phrases'][number];
type Sender = AllowList['sources'][number];

/** Where a text comes from, and when: entries of the allow-list have a scope and an end. */
export interface AllowContext extends Origin {
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What the allow-list leaves. */
export interface Allowance {
  readonly findings: readonly RuleFinding[];
  /** What it cancelled, and which entry did. */
  readonly allowed: readonly AllowedFinding[];
  /** Path of the entry that is the whole text, blanks around it aside: then the models' score speaks of nothing else. */
  readonly whole?: string;
}

/**
 * Cancels the findings that an entry in force covers. A phrase counts only letter for letter in the original text, so that nothing hidden rides
 * on it, and cancels only what lies wholly within it; a source cancels rule findings up to its severity. Neither touches the models' score,
 * unless one phrase is the whole text.
 */
export function applyAllow(findings: readonly RuleFinding[], text: string, list: AllowList, context: AllowContext): Allowance {
  const phrases = inForce('phrases', list.phrases, context).filter(([, { sources }]) => sources === undefined || isOneOf(sources, context.source));
  const senders = inForce('sources', list.sources, context).filter(([, { match }]) => isOneOf([match], context.source));
  const kept: RuleFinding[] = [];
  const allowed: AllowedFinding[] = [];
  for (const finding of findings) {
    const entry =
      phrases.find(([, phrase]) => ofRule(phrase, finding) && within(text, phrase.text, finding)) ??
      senders.find(([, sender]) => ofRule(sender, finding) && rankOf(finding.severity) <= rankOf(sender.upTo));
    if (entry === undefined) kept.push(finding);
    else allowed.push({ finding, by: entry[0] });
  }
  const bare = text.trim();
  // With a list of rules, the entry vouches for those only, and not for the text.
  const whole = phrases.find(([, phrase]) => phrase.rules === undefined && phrase.text.trim() === bare);
  return { findings: kept, allowed, ...(whole && { whole: whole[0] }) };
}

function inForce<Entry extends Phrase | Sender>(kind: keyof AllowList, entries: readonly Entry[], { role, now }: AllowContext): [string, Entry][] {
  return entries
    .map((entry, index): [string, Entry] => [`policy.allow.${kind}.${index}`, entry])
    .filter(
      ([, { expires, roles }]) => (expires === undefined || now < Date.parse(expires)) && (roles === undefined || (role !== undefined && roles.includes(role))),
    );
}

const isOneOf = (patterns: readonly string[], source: string | undefined): boolean =>
  source !== undefined && patterns.some((pattern) => matchesPattern(pattern, source));

const ofRule = ({ rules }: Phrase | Sender, { rule }: RuleFinding): boolean => rules === undefined || rules.some((pattern) => matchesPattern(pattern, rule));

/** Whether the phrase stands somewhere around the finding and covers it. Only the places where it could are searched. */
function within(text: string, phrase: string, { span: [start, end] }: RuleFinding): boolean {
  if (end - start > phrase.length) return false;
  return text.slice(Math.max(0, end - phrase.length), start + phrase.length).includes(phrase);
}
