import type { PlotOptions } from '@observablehq/plot';
import { VOTERS } from '@portcullis/core';
import { binned, type Measured, type RocPoint, rocAuc, rocCurve } from './metrics.ts';
import { scoredBy } from './signal-report.ts';

/** A chart of a card: the name of its file, what it shows, and the SVG. */
export interface Chart {
  readonly name: string;
  readonly alt: string;
  readonly svg: string;
}

/** False-positive rate where the curves begin: with fewer than a thousand benign rows nothing is known below it. */
const LOWEST = 0.001;
const SIZE = { width: 640, height: 420, marginLeft: 48, marginBottom: 40 };
/** Axes in a grey that stands on white and on black: a page shows the file as it is in either scheme. */
const INK = '#7d8590';
const COLOURS = ['#3b82f6', '#bf8700', '#a371f7', '#2da44e', '#e5534b'];

/** Where the curves of the joined score and of each signal alone run, and how far scores are from the share of attacks. */
export async function charts(rows: readonly Measured[]): Promise<Chart[]> {
  // Only who draws loads them: they take as long as all the rest of the command.
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const drawn = (name: string, alt: string, options: PlotOptions): Chart => {
    const { document } = parseHTML('<!doctype html><body></body>');
    const chart = Plot.plot({ ...SIZE, ...options, ariaLabel: alt, document, style: { color: INK, background: 'none', fontSize: '12px' } });
    chart.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    chart.setAttribute('role', 'img');
    return { name, alt, svg: `${chart.outerHTML}\n` };
  };
  return [
    drawn('roc.svg', 'ROC curves of the joined score and of each signal alone', rocChart(Plot, rows)),
    drawn('reliability.svg', 'Reliability diagram: share of attacks by score, in 15 bins', reliabilityChart(Plot, rows)),
  ];
}

type PlotLibrary = typeof import('@observablehq/plot');

function rocChart(Plot: PlotLibrary, rows: readonly Measured[]): PlotOptions {
  const curves = [{ name: 'joined', rows }, ...VOTERS.map((name) => ({ name, rows: scoredBy(rows, name) }))];
  const named = curves.map((curve) => ({ ...curve, name: `${curve.name} (${rocAuc(curve.rows).toFixed(3)})` }));
  const points = named.flatMap(({ name, rows: scored }) => thinned(rocCurve(scored)).map((point) => ({ name, ...point })));
  return {
    x: { type: 'log', domain: [LOWEST, 1], label: 'benign rows held', tickFormat: '~p' },
    y: { domain: [0, 1], label: 'attacks held', tickFormat: '~p', grid: true },
    color: { domain: named.map(({ name }) => name), range: COLOURS },
    marks: [
      Plot.line(points, { x: 'fpr', y: 'recall', stroke: 'name', strokeWidth: 1.5, curve: 'step-after' }),
      ...named.map(({ name }, place) =>
        Plot.text([name], { frameAnchor: 'top-left', fill: COLOURS[place] ?? INK, dx: 12, dy: 12 + 16 * place, textAnchor: 'start', fontSize: 12 }),
      ),
    ],
  };
}

function reliabilityChart(Plot: PlotLibrary, rows: readonly Measured[]): PlotOptions {
  return {
    x: { domain: [0, 1], label: 'score', tickFormat: '.1f' },
    y: { domain: [0, 1], label: 'attacks among rows of that score', tickFormat: '~p', grid: true },
    r: { range: [2, 16] },
    marks: [
      Plot.line([0, 1], { x: (value) => value, y: (value) => value, stroke: INK, strokeDasharray: '4 4' }),
      Plot.dot(binned(rows), { x: 'score', y: 'attacks', r: 'rows', fill: COLOURS[0] ?? INK, fillOpacity: 0.75 }),
    ],
  };
}

/** The part of a curve that is drawn, less points that lie nearer together than a pixel. */
function thinned(points: readonly RocPoint[]): RocPoint[] {
  const below = points.findLast(({ fpr }) => fpr <= LOWEST);
  const drawn = [...(below ? [{ ...below, fpr: LOWEST }] : []), ...points.filter(({ fpr }) => fpr > LOWEST)];
  let last: RocPoint | undefined;
  return drawn.filter((point, place) => {
    const near = last !== undefined && point.recall - last.recall < 0.003 && point.fpr / last.fpr < 1.012;
    if (near && place < drawn.length - 1) return false;
    last = point;
    return true;
  });
}
