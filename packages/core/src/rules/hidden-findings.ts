import type { HiddenKind, HiddenText } from '../text/hidden/hidden-text.ts';
import { PHRASE_WORDS, wordCount } from '../text/words/telling.ts';
import type { RuleFinding } from '../verdict.ts';

/** Kinds that no editor makes by accident. What markup hides is common and harmless in itself: the rules and the models read it like any other text. */
const TITLES: Partial<Record<HiddenKind, string>> = {
  'tag-characters': 'Text smuggled in invisible tag characters',
  'variation-selectors': 'Text smuggled in invisible variation selectors',
  'zero-width': 'Text smuggled in zero-width characters',
  bidi: 'Text stored backwards behind a right-to-left override',
};

const IDS: ReadonlySet<string> = new Set(Object.keys(TITLES).map((kind) => `hidden-${kind}`));

/** True of a finding that says that a text was smuggled, and nothing of what it says. */
export function isConcealment({ rule }: Pick<RuleFinding, 'rule'>): boolean {
  return IDS.has(rule);
}

/**
 * A finding for each smuggled text, as of a rule with the id `hidden-KIND`: of medium severity where it says a phrase that nobody sees, so that a person is
 * asked; whether it attacks, the rules and the models say, which read it.
 */
export function hiddenFindings(hidden: readonly HiddenText[], original: string): RuleFinding[] {
  return hidden.flatMap(({ kind, span, text }) => {
    const title = TITLES[kind];
    if (title === undefined) return [];
    const severity = kind !== 'bidi' && wordCount(text) >= PHRASE_WORDS ? 'medium' : 'low';
    const references = { owasp: ['LLM01:2026', 'LLM01:2025'], atlas: ['AML.T0051.000'], nist: ['MEASURE-2.7'], euAiAct: ['Art. 15'] };
    return [{ rule: `hidden-${kind}`, title, severity, span, excerpt: original.slice(...span), ...references, provenance: [kind], matched: text }];
  });
}
