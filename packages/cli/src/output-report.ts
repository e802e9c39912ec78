import { percent } from './format.ts';
import { isFlagged, type MeasuredOutput, rowDetection, SPAN_KINDS, spanDetection } from './output-metrics.ts';

/** The figures on outputs as Markdown: a line a set, then a line a kind of personal data where spans are labelled, then the categories with rows on the wrong side. */
export function outputReport(rows: readonly MeasuredOutput[], headline: string): string {
  return [headline, '', ...setTable(rows), ...spanTable(rows), ...wrongRows(rows)].join('\n');
}

function setTable(rows: readonly MeasuredOutput[]): string[] {
  const lines = [...new Set(rows.map(({ set }) => set))].map((set) => {
    const inSet = rows.filter((row) => row.set === set);
    const { recall, precision, f1 } = rowDetection(inSet);
    const [positive, negative] = [inSet.filter(({ label }) => label === 1), inSet.filter(({ label }) => label === 0)];
    const blocked = (some: readonly MeasuredOutput[]): string => percent(some.length > 0 ? some.filter((row) => row.blocked).length / some.length : null);
    return `| ${set} | ${positive.length} + ${negative.length} | ${percent(recall)} | ${percent(precision)} | ${percent(f1)} | ${blocked(positive)} | ${blocked(negative)} |`;
  });
  return [
    '| set | rows, positive + negative | recall % | precision % | F1 % | positive blocked % | negative blocked % |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...lines,
  ];
}

function spanTable(rows: readonly MeasuredOutput[]): string[] {
  const labelled = rows.filter(({ spans }) => spans.length > 0).map(({ set }) => set);
  const inSets = rows.filter(({ set }) => labelled.includes(set));
  if (inSets.length === 0) return [];
  const lines = [...SPAN_KINDS.map((kind) => [kind.name, [kind]] as const), ['all', SPAN_KINDS] as const].map(([name, kinds]) => {
    const { spans, found, recall, precision } = spanDetection(inSets, kinds);
    return `| ${name} | ${spans} | ${found} | ${percent(recall)} | ${percent(precision)} |`;
  });
  return ['', '| spans | labelled | found | recall % | precision % |', '|---|--:|--:|--:|--:|', ...lines];
}

/** Sets with labelled spans are told by their spans above: their rows' labels speak of names and places as well. */
function wrongRows(rows: readonly MeasuredOutput[]): string[] {
  const bySpan = new Set(rows.filter(({ spans }) => spans.length > 0).map(({ set }) => set));
  const counts = new Map<string, { missed: number; raised: number }>();
  for (const row of rows) {
    if (bySpan.has(row.set) || isFlagged(row) === (row.label === 1)) continue;
    const count = counts.get(row.category) ?? { missed: 0, raised: 0 };
    count[row.label === 1 ? 'missed' : 'raised'] += 1;
    counts.set(row.category, count);
  }
  const list = (kind: 'missed' | 'raised'): string =>
    [...counts].flatMap(([category, count]) => (count[kind] > 0 ? [`${category} ${count[kind]}`] : [])).join(', ') || 'none';
  return ['', `Missed, by category: ${list('missed')}. Wrongly flagged: ${list('raised')}.`];
}
