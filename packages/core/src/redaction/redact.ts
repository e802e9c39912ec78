import type { RuleFinding, Severity, Span } from '../verdict.ts';
import { masked } from './mask.ts';
import { kindOf, PLACEHOLDER } from './placeholder.ts';
import { type Region, regionsOf } from './regions.ts';
import type { Vault } from './vault.ts';

/** One stretch that was taken out, without what it said. */
export interface Redaction {
  /** What stands in its place: a placeholder or a mask. */
  readonly shown: string;
  /** `EMAIL`, `CARD`, `KEY` …: the word of the rule's id. */
  readonly kind: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** In the text as it was. */
  readonly span: Span;
  /** In the text as it is now. */
  readonly at: Span;
}

export interface Redacted {
  readonly text: string;
  /** In order. */
  readonly redactions: readonly Redaction[];
}

/**
 * Takes out of a text what findings point at. With a vault, placeholders stand for it and `restore` brings it back, also where the text held words
 * that look like placeholders; with `mask`, it is gone for good. Linear in the text; spans outside it are clipped.
 */
export function redact(text: string, findings: readonly RuleFinding[], as: Vault | 'mask'): Redacted {
  return redactRegions(text, regionsOf(text, findings), as);
}

/** The same for regions that are known: ascending and apart. */
export function redactRegions(text: string, regions: readonly Region[], as: Vault | 'mask'): Redacted {
  // What stands between them first: words that look like a placeholder must be known before one is given.
  const between = [...regions, undefined].map((region, index) => kept(text.slice(regions[index - 1]?.span[1] ?? 0, region?.span[0] ?? text.length), as));
  let out = between[0] ?? '';
  const redactions = regions.map(({ span, finding }, index): Redaction => {
    const value = text.slice(...span);
    const kind = kindOf(finding);
    const shown = as === 'mask' ? masked(value) : as.placeholderFor(kind, value);
    const at = [out.length, out.length + shown.length] as const;
    out += shown + (between[index + 1] ?? '');
    return { shown, kind, rule: finding.rule, title: finding.title, severity: finding.severity, span, at };
  });
  return { text: out, redactions };
}

function kept(text: string, as: Vault | 'mask'): string {
  return as === 'mask' ? text : text.replace(PLACEHOLDER, as.literal);
}
