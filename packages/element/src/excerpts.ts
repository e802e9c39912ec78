import type { Finding, Verdict } from '@portcullis/guard';

/** Longest excerpt shown, in UTF-16 code units; the rest is an ellipsis. */
export const MAX_EXCERPT = 160;

/** One finding as the page shows it. */
export interface Excerpt {
  readonly title: string;
  readonly quote: string;
  /** Rule id, or the name of the signal. */
  readonly source: string;
}

/**
 * Makes characters visible that hide or reorder others: controls, zero-width, bidirectional overrides, and all that Unicode
 * lets a font ignore (variation selectors, tags, fillers). An attacker's text is quoted next to the reason, and must not be
 * able to rewrite how that line reads.
 */
export function visible(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

function clip(text: string): string {
  if (text.length <= MAX_EXCERPT) return text;
  // Never cut a surrogate pair in two.
  const end = /[\ud800-\udbff]/.test(text.charAt(MAX_EXCERPT - 1)) ? MAX_EXCERPT - 1 : MAX_EXCERPT;
  return `${text.slice(0, end)}…`;
}

function excerptOf(finding: Finding, text: string): Excerpt {
  const quoted = 'rule' in finding ? finding.excerpt : text.slice(finding.span[0], finding.span[1]);
  return { title: finding.title, quote: visible(clip(quoted.trim())), source: 'rule' in finding ? finding.rule : finding.signal };
}

/** The findings worth a person's time: strongest first, each quote once, at most `limit`. */
export function excerptsOf(verdict: Verdict, text: string, limit = 3): readonly Excerpt[] {
  const seen = new Set<string>();
  const excerpts: Excerpt[] = [];
  for (const finding of verdict.findings) {
    const excerpt = excerptOf(finding, text);
    const key = `${excerpt.title}\n${excerpt.quote}`;
    if (seen.has(key)) continue;
    seen.add(key);
    excerpts.push(excerpt);
    if (excerpts.length === limit) break;
  }
  return excerpts;
}
