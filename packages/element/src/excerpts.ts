import type { Finding, Verdict } from '@portcullis/guard';

/** Longest excerpt shown, in UTF-16 code units; the rest is an ellipsis. */
export const MAX_EXCERPT = 160;

/** A quote as the page shows it, with all that was found in it. */
export interface Excerpt {
  /** What was found: the words as they stand, or as they read once unwrapped. */
  readonly quote: string;
  /** How they were unwrapped, for people: `base64`. */
  readonly unwrapped?: string;
  readonly found: readonly Found[];
}

/** What was found, and by what: a rule's id, or the name of a signal. */
export interface Found {
  readonly title: string;
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

/** The steps that led to a reading, for people: `base64, html comment`. */
export function readingName(provenance: readonly string[]): string {
  return provenance
    .filter((step) => step !== 'normalised')
    .map((step) => step.replaceAll('-', ' '))
    .join(', ');
}

function quotedFrom(finding: Finding, text: string): Omit<Excerpt, 'found'> {
  if (!('rule' in finding)) return { quote: shown(text.slice(finding.span[0], finding.span[1])) };
  const { matched, provenance, excerpt } = finding;
  return matched !== undefined && provenance !== undefined ? { quote: shown(matched), unwrapped: readingName(provenance) } : { quote: shown(excerpt) };
}

const shown = (quoted: string): string => visible(clip(quoted.trim()));

/** The findings worth a person's time, at most `limit`: strongest first, under each quote once, each title of it once. */
export function excerptsOf(verdict: Verdict, text: string, limit = 3): readonly Excerpt[] {
  const excerpts = new Map<string, Omit<Excerpt, 'found'> & { readonly found: Found[] }>();
  let count = 0;
  for (const finding of verdict.findings) {
    if (count === limit) break;
    const quoted = quotedFrom(finding, text);
    const key = JSON.stringify(quoted);
    const excerpt = excerpts.get(key) ?? { ...quoted, found: [] };
    if (excerpt.found.some(({ title }) => title === finding.title)) continue;
    excerpt.found.push({ title: finding.title, source: 'rule' in finding ? finding.rule : finding.signal });
    excerpts.set(key, excerpt);
    count += 1;
  }
  return [...excerpts.values()];
}
