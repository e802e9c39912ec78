/** One bar: what it stands for, how long it is, and the words behind it. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly shown: string;
  readonly own: boolean;
}

/** Bars that are compared with each other. */
export interface Group {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 760;
const LABELS = 290;
/** For the words behind the longest bar. */
const SHOWN = 150;
const ROW = 26;
const TITLE = 40;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Horizontal bars on one scale from nought, as SVG: its words are text, its colours follow the reader's scheme. */
export function drawBars(title: string, groups: readonly Group[]): string {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const rows: string[] = [];
  let y = 0;
  for (const { title: heading, bars } of groups) {
    rows.push(`<text class="heading" x="0" y="${y + 26}">${escaped(heading)}</text>`);
    y += TITLE;
    for (const { label, value, shown, own } of bars) {
      const length = Math.max(1, (value / most) * (WIDTH - LABELS - SHOWN)).toFixed(1);
      rows.push(
        `<text x="${LABELS - 10}" y="${y + 17}" text-anchor="end">${escaped(label)}</text>`,
        `<rect class="${own ? 'own' : 'other'}" x="${LABELS}" y="${y + 4}" width="${length}" height="${ROW - 8}" rx="2"/>`,
        `<text class="shown" x="${LABELS + Number(length) + 8}" y="${y + 17}">${escaped(shown)}</text>`,
      );
      y += ROW;
    }
  }
  const height = y + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
  text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1d1c1a }
  .heading { font-weight: 600 }
  .shown { fill: #625e57 }
  .own { fill: #0d5c63 }
  .other { fill: #8b867c }
  @media (prefers-color-scheme: dark) {
    text { fill: #eceae5 }
    .shown { fill: #a5a198 }
    .own { fill: #74c7c9 }
    .other { fill: #7b776e }
  }
</style>
${rows.join('\n')}
</svg>
`;
}
