import { cpus, totalmem } from 'node:os';
import { type Bar, drawBars, type Group } from './bars.ts';
import type { RivalSpec } from './contenders.ts';
import { isMet, type Measured, median, quantile, type Ratio } from './figures.ts';

const ms = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));
const pageName = ({ isolated, race }: Measured): string =>
  `${isolated ? 'Isolated page' : 'Page without isolation'} (guard: ${race.backend === 'wasm-threads' ? `WASM, ${Math.min(cpus().length, 4)} threads` : race.backend})`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, place) => (place === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const times = (label: string, values: readonly number[], scan: readonly number[]): string[] => [
  label,
  ms(median(values)),
  ms(quantile(values, 0.95)),
  `${(median(values) / median(scan)).toFixed(2)} ×`,
  String(values.length),
];

function pageTables(measured: Measured, rivals: readonly RivalSpec[], ratios: readonly Ratio[]): string {
  const { race, starts } = measured;
  const scan = race.times['scan'] ?? [];
  const loads = starts.map(({ loadMs }) => loadMs);
  const creations = starts.map(({ createMs }) => createMs);
  const [load, create] = [loads, creations].map((values) => `${ms(median(values))} | ${ms(quantile(values, 0.95))}`);
  return [
    `**${pageName(measured)}**`,
    table(
      ['64 tokens', 'p50 ms', 'p95 ms', 'to the scan', 'runs'],
      [
        times('whole `guard.scan`', scan, scan),
        times('the encoder’s `run` alone', race.times['encoder'] ?? [], scan),
        ...rivals.map(({ name }) => times(name, race.times[name] ?? [], scan)),
      ],
    ),
    table(
      ['a start', 'p50 ms', 'p95 ms', 'runs'],
      [
        ['ready, from IndexedDB', ...(load ?? '').split(' | '), String(starts.length)],
        ['creating the same sessions, from memory', ...(create ?? '').split(' | '), String(starts.length)],
      ],
    ),
    table(
      ['ratio of medians', 'measured', 'goal', ''],
      ratios.map((ratio) => [ratio.name, ratio.value.toFixed(2), `${ratio.bound === 'most' ? '≤' : '≥'} ${ratio.goal}`, isMet(ratio) ? 'met' : 'missed']),
    ),
  ].join('\n\n');
}

/** What was measured, on what, as Markdown. */
export function reportOf(
  pages: readonly { readonly measured: Measured; readonly ratios: readonly Ratio[] }[],
  rivals: readonly RivalSpec[],
  browser: string,
): string {
  const [first] = pages;
  const { library = '', runtime = '' } = first?.measured.race.versions ?? {};
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform}`;
  const date = new Date().toISOString().slice(0, 10);
  return [
    `${date}, ${machine}; Chromium ${browser}, onnxruntime-web ${runtime}, Transformers.js ${library}.`,
    ...pages.map(({ measured, ratios }) => pageTables(measured, rivals, ratios)),
  ].join('\n\n');
}

/** What the drawing shows, for who does not see it. */
export const DRAWING = 'Milliseconds to judge a text of 64 tokens in a page, medians: the guard beside others’ models, with isolation and without';

/** The medians at 64 tokens, drawn. */
export function drawingOf(pages: readonly Measured[], rivals: readonly RivalSpec[]): string {
  const groups = pages.map((measured): Group => {
    const { times } = measured.race;
    const scan = median(times['scan'] ?? []);
    const bar = (label: string, values: readonly number[] = [], own = false): Bar => {
      const value = median(values);
      return { label, value, shown: `${ms(value)} ms${own ? '' : `, ${(value / scan).toFixed(1)} ×`}`, own };
    };
    return { title: pageName(measured), bars: [bar('Portcullis, the whole scan', times['scan'], true), ...rivals.map(({ name }) => bar(name, times[name]))] };
  });
  return drawBars(DRAWING, groups);
}
