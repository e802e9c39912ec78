import { type RuleFinding, rankOf, type Span } from '../verdict.ts';
import { extentOf } from './extent.ts';
import { graphemesOf } from './graphemes.ts';

/** A stretch of a text that is to go, and the finding that names it. */
export interface Region {
  readonly span: Span;
  readonly finding: RuleFinding;
}

/**
 * What findings cover, in order and apart: each whole (a token to its end) and cut between characters, those that overlap as one region, which
 * the strongest of them names, the longest of equals.
 */
export function regionsOf(text: string, findings: readonly RuleFinding[]): Region[] {
  const whole = graphemesOf(text);
  const all = findings
    .map((finding): Region => ({ finding, span: [Math.max(0, finding.span[0]), Math.min(text.length, finding.span[1])] }))
    .filter(({ span }) => span[1] > span[0])
    .map(({ finding, span }): Region => ({ finding, span: whole(extentOf(text, span)) }))
    .sort((a, b) => a.span[0] - b.span[0]);
  const regions: Region[] = [];
  for (const region of all) {
    const last = regions.at(-1);
    if (last === undefined || region.span[0] >= last.span[1]) regions.push(region);
    else regions.splice(-1, 1, { span: [last.span[0], Math.max(last.span[1], region.span[1])], finding: stronger(last.finding, region.finding) });
  }
  return regions;
}

function stronger(a: RuleFinding, b: RuleFinding): RuleFinding {
  const weight = ({ severity, span }: RuleFinding): number => rankOf(severity) + (1 - 1 / (1 + span[1] - span[0]));
  return weight(b) > weight(a) ? b : a;
}
