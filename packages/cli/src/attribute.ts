import { type Attribution, PortcullisError, parsePolicy, type Span } from '@portcullis/core';
import { startNodeEngine } from '@portcullis/engine/node';
import { type Random, randomOf } from '@portcullis/evasion';
import { percent } from './format.ts';
import { startProgress } from './progress.ts';
import { type LabelledRow, labelledRows, promptSets } from './prompt-sets.ts';

export interface AttributeFlags {
  readonly data: string;
  readonly rows: number;
  readonly seed: number;
  readonly bundle: string;
  readonly threads: number;
}

/** A benign text with a sentence of an attack in it, and where that stands. */
export interface Composed {
  readonly text: string;
  readonly trigger: Span;
}

/** Marks that are looked at: what a person's eye falls on first. */
const TOP = 5;
/** Lengths of what is composed, in code units: a sentence or two, in a paragraph or two. */
const ATTACK = { least: 30, most: 250 };
const HOST = { least: 200, most: 1200 };

const within = ({ text }: LabelledRow, { least, most }: typeof HOST): boolean => text.length >= least && text.length <= most;

/** `portcullis attribute`: prints how often the strongest marks lie in the attack. */
export async function attribute({ data, rows, seed, bundle, threads }: AttributeFlags): Promise<void> {
  const all: LabelledRow[] = [];
  for (const set of await promptSets(data)) all.push(...(await labelledRows(set)));
  const random = randomOf(seed);
  const attacks = random.shuffle(all.filter((row) => row.label === 1 && within(row, ATTACK) && !row.text.includes('\n')));
  const hosts = random.shuffle(all.filter((row) => row.label === 0 && within(row, HOST)));
  if (attacks.length === 0 || hosts.length === 0) throw new PortcullisError('input-invalid', `${data}: no attacks, or no benign texts, to compose from`);
  const engine = await startNodeEngine(bundle, parsePolicy(), threads);
  const progress = startProgress('attribute', rows);
  const shares: number[] = [];
  let [tried, strongest, words] = [0, 0, 0];
  for (const { text: attack } of attacks) {
    const host = hosts[tried % hosts.length];
    if (shares.length === rows || host === undefined) break;
    tried += 1;
    const { text, trigger } = composed(host.text, attack.trim(), random);
    if ((await engine.scan(text)).decision === 'allow') continue;
    const attribution = await engine.attribution(text);
    const share = shareIn(attribution, trigger);
    shares.push(share.all);
    strongest += share.first ? 1 : 0;
    words += (trigger[1] - trigger[0]) / text.length;
    progress.advance();
  }
  progress.end();
  const count = shares.length;
  const mean = shares.reduce((sum, share) => sum + share, 0) / count;
  process.stdout.write(
    `${count} attacks, each a sentence in a benign text (${tried} composed, the rest allowed; seed ${seed}); the sentence is ${percent(words / count)} % of the text\n` +
      `the strongest mark overlaps it in ${percent(strongest / count)} %\n` +
      `most of the ${TOP} strongest marks overlap it in ${percent(shares.filter((share) => share > 0.5).length / count)} %\n` +
      `of the ${TOP} strongest marks ${percent(mean)} % overlap it\n`,
  );
}

/** Puts an attack between two sentences of a text, or before or behind them all. */
export function composed(host: string, attack: string, random: Random): Composed {
  const gaps = [0, ...[...host.matchAll(/[.!?]\s+/g)].map(({ 0: end, index }) => index + end.length), host.length];
  const at = random.pick([0, ...gaps]);
  const [before, behind] = [host.slice(0, at), host.slice(at)];
  const lead = before === '' || /\s$/.test(before) ? before : `${before} `;
  const trigger = [lead.length, lead.length + attack.length] as const;
  return { text: `${lead}${attack} ${behind}`.trimEnd(), trigger };
}

/** Whether the strongest mark overlaps a span, and the share of the strongest ones that do. No mark overlaps nothing. */
export function shareIn({ marks }: Attribution, [start, end]: Span): { readonly first: boolean; readonly all: number } {
  const top = marks.slice(0, TOP).map(({ span }) => span[0] < end && start < span[1]);
  return { first: top[0] ?? false, all: top.length === 0 ? 0 : top.filter(Boolean).length / top.length };
}
