import { percent } from './format.ts';
import {
  argumentAccuracy,
  type Confusion,
  callConfusion,
  figuresOfConfusion,
  HELD,
  type Hidden,
  known,
  type MeasuredCall,
  strict,
  tokenConfusion,
} from './tool-metrics.ts';

/** Never trained on and of another kind than what was: told by calls. */
const BY_CALL = new Set(['craibench']);

/** The figures on tool calls as Markdown; `runs` holds the same rows with a part of them hidden, where that was asked for. */
export function toolReport(rows: readonly MeasuredCall[], runs: ReadonlyMap<Hidden, readonly MeasuredCall[]>): string {
  const byToken = rows.filter(({ set }) => !BY_CALL.has(set));
  return [
    'A call is held that is asked about or blocked. Tokens are the words, numbers and signs of names and values, marked where the verifier marks them.',
    '',
    ...setTable(rows),
    '',
    '| tokens | marked rightly | wrongly | missed | F1 % | precision % | recall % | accuracy % |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    tokenLine('of which the labels speak', tokenConfusion(byToken, known)),
    tokenLine('all, those not listed taken for asked for', tokenConfusion(byToken, strict)),
    '',
    ...ablation(byToken, runs),
  ].join('\n');
}

function setTable(rows: readonly MeasuredCall[]): string[] {
  const lines = [...new Set(rows.map(({ set }) => set))].map((set) => {
    const inSet = rows.filter((row) => row.set === set);
    const confusion = callConfusion(inSet, HELD.both);
    const { f1, precision, recall } = figuresOfConfusion(confusion);
    const { tp, fp, fn, tn } = confusion;
    const [attacks, benign] = [tp + fn, fp + tn];
    return `| ${set} | ${attacks} + ${benign} | ${percent(attacks > 0 ? recall : null)} | ${percent(benign > 0 ? tn / benign : null)} | ${percent(attacks > 0 ? precision : null)} | ${percent(attacks > 0 ? f1 : null)} | ${percent(argumentAccuracy(inSet))} |`;
  });
  return [
    '| set | calls, not asked for + asked for | held % | pass % | precision % | F1 % | listed arguments all marked % |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...lines,
  ];
}

function tokenLine(name: string, confusion: Confusion): string {
  const { f1, precision, recall, accuracy } = figuresOfConfusion(confusion);
  return `| ${name} | ${confusion.tp} | ${confusion.fp} | ${confusion.fn} | ${[f1, precision, recall, accuracy].map(percent).join(' | ')} |`;
}

function ablation(rows: readonly MeasuredCall[], runs: ReadonlyMap<Hidden, readonly MeasuredCall[]>): string[] {
  const line = (name: string, confusion: Confusion): string => {
    const { f1, precision, recall, accuracy } = figuresOfConfusion(confusion);
    return `| ${name} | ${[f1, precision, recall, accuracy].map(percent).join(' | ')} |`;
  };
  return [
    '| calls held by | F1 % | precision % | recall % | accuracy % |',
    '|---|--:|--:|--:|--:|',
    line('rules and verifier', callConfusion(rows, HELD.both)),
    line('the rules alone', callConfusion(rows, HELD.rules)),
    line('the verifier alone', callConfusion(rows, HELD.verifier)),
    ...[...runs].map(([hidden, measured]) =>
      line(
        `both, the ${hidden} hidden`,
        callConfusion(
          measured.filter(({ set }) => !BY_CALL.has(set)),
          HELD.both,
        ),
      ),
    ),
  ];
}
