import type { Role } from '../policy/role.ts';
import { graphemeStart } from '../redaction/graphemes.ts';
import { normalise } from '../text/normalise.ts';
import type { RuleSet } from './compile.ts';
import { openReference } from './image-references.ts';

/**
 * Where a match may have begun that this text does not end: whatever is said next, no rule for `role` will ever match across an earlier place.
 * The last character always counts as open, as what follows may still compose with it; a rule that does not say what its matches begin with leaves
 * everything open.
 * @param text The beginning of a text.
 * @param from Matches that begin before this place do not count.
 * @returns A place in `text`, `from` at the least.
 */
export function openFrom({ rules }: Pick<RuleSet, 'rules'>, text: string, role: Role, from = 0): number {
  let open = Math.max(from, graphemeStart(text, text.length - 1));
  // Nothing composes with a blank: a mark behind it stands alone.
  const { text: sure, offsets } = normalise(/[ \n]$/.test(text) ? text : text.slice(0, open));
  let start = 0;
  while (start < sure.length && (offsets[start] ?? 0) < from) start += 1;
  if (rules.some(({ rule }) => rule.rendered && rule.roles.includes(role))) {
    const at = start + openReference(sure.slice(start));
    if (at < sure.length) open = Math.min(open, offsets[at] ?? 0);
  }
  for (const { rule, open: patterns } of rules) {
    if (!rule.roles.includes(role)) continue;
    if (patterns === undefined) return from;
    for (const pattern of patterns) {
      pattern.lastIndex = start;
      const at = pattern.exec(sure)?.index ?? sure.length;
      if (at < sure.length) open = Math.min(open, offsets[at] ?? 0);
    }
  }
  return open;
}

/** One text an engine stores in a byte a character, one in two: each has a program of its own. */
const WIDTHS = ['a', '\u4e00'];

/**
 * Runs what `openFrom` runs, pattern by pattern, for a thread that has other work: engines compile a pattern when it first runs, and anew, to faster code,
 * when it runs again. The first text would else wait for all of them at once.
 */
export function* warmUpOpen({ rules }: Pick<RuleSet, 'rules'>): Generator<undefined, void> {
  for (const { open: patterns = [] } of rules) {
    for (const pattern of patterns) {
      for (const text of [...WIDTHS, ...WIDTHS]) {
        pattern.lastIndex = 0;
        pattern.exec(text);
      }
      yield;
    }
  }
}
