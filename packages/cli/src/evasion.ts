import { PortcullisError, parsePolicy } from '@portcullis/core';
import { type Engine, startNodeEngine } from '@portcullis/engine/node';
import { randomOf, TRANSFORMS, type Transform, transformNamed } from '@portcullis/evasion';
import { writeCard } from './card.ts';
import { type EvasionFigures, type EvasionLine, figuresIn, merged } from './evasion-figures.ts';
import { inJobs } from './evasion-jobs.ts';
import { type EvasionMeasured, evasionReport } from './evasion-report.ts';
import { startProgress } from './progress.ts';
import { type LabelledRow, labelledRows, promptSets, trainedOn } from './prompt-sets.ts';
import { scored } from './scored.ts';

export interface EvasionFlags {
  readonly data: string;
  /** How many attacks that are blocked untransformed, and how many benign rows. */
  readonly rows: number;
  readonly seed: number;
  readonly card?: string;
  readonly bundle: string;
  /** Names of transforms, or of compositions (`first+second`); all without it. */
  readonly only?: readonly string[];
  readonly threads: number;
  /** Processes that share the transforms. */
  readonly jobs: number;
  /** Figures as lines of JSON, as soon as they are known, instead of the table. */
  readonly json?: boolean;
  /** Files of such lines: what they hold is not measured again. */
  readonly figures?: readonly string[];
}

/** `portcullis evasion`: prints what each transform lets slip and what it costs, and writes it into a document when asked. */
export async function evasion(flags: EvasionFlags): Promise<void> {
  const transforms = flags.only?.map(named) ?? TRANSFORMS;
  const known = await Promise.all((flags.figures ?? []).map(figuresIn));
  const has = new Set(known.flatMap(({ measured }) => measured.map(({ name }) => name)));
  const missing = transforms.filter(({ name }) => !has.has(name));
  const parts = missing.length === 0 ? known : [...known, await measuredNow(flags, missing)];
  if (flags.json) return;
  const { sample, measured } = merged(
    parts,
    transforms.map(({ name }) => name),
  );
  const text = evasionReport(sample, measured);
  process.stdout.write(`${text}\n`);
  if (flags.card) await writeCard(flags.card, 'evasion', text);
}

async function measuredNow(flags: EvasionFlags, transforms: readonly Transform[]): Promise<EvasionFigures> {
  const names = transforms.map(({ name }) => name);
  return flags.jobs > 1 && !flags.json ? await inJobs(flags, names) : await inTurn(flags, transforms);
}

async function inTurn({ data, rows, seed, bundle, threads, json }: EvasionFlags, transforms: readonly Transform[]): Promise<EvasionFigures> {
  const drawn = await draw(data, seed);
  if (drawn.length === 0) throw new PortcullisError('input-invalid', `${data}: no prompt rows found`);
  const tell = (line: EvasionLine): boolean => json === true && process.stdout.write(`${JSON.stringify(line)}\n`);
  const engine = await startNodeEngine(bundle, parsePolicy(), threads);
  const samples = await sampleOf(engine, drawn, rows);
  const { caught, tried, benign, passed } = samples;
  const sample = { seed, threshold: engine.thresholds.block, caught: caught.length, tried, benign: benign.length, passed };
  tell({ sample });
  const measured: EvasionMeasured[] = [];
  for (const transform of transforms) {
    const one = await measure(engine, transform, samples, seed);
    tell({ measured: one });
    measured.push(one);
  }
  return { sample, measured };
}

function named(name: string): Transform {
  const transform = transformNamed(name);
  if (transform === undefined) throw new PortcullisError('input-invalid', `--only: there is no transform named ${name}`);
  return transform;
}

/** Every row that was never trained on, in an order that the seed decides. */
async function draw(folder: string, seed: number): Promise<LabelledRow[]> {
  const rows: LabelledRow[] = [];
  for (const set of await promptSets(folder)) rows.push(...(await labelledRows(set)));
  return randomOf(seed).shuffle(rows.filter((row) => !trainedOn(row.set)));
}

interface Samples {
  /** Attacks that are blocked as they are, and how many were tried to find them. */
  readonly caught: readonly LabelledRow[];
  readonly tried: number;
  /** Benign rows, and how many of them pass as they are. */
  readonly benign: readonly LabelledRow[];
  readonly passed: number;
}

const blocks = async (engine: Engine, row: LabelledRow): Promise<boolean> => (await scored(engine, row)).decision === 'block';

/** Scans rows as they are, until there are enough of both kinds or no more. */
async function sampleOf(engine: Engine, drawn: readonly LabelledRow[], count: number): Promise<Samples> {
  const benign = drawn.filter((row) => row.label === 0).slice(0, count);
  const attacks = drawn.filter((row) => row.label === 1);
  const caught: LabelledRow[] = [];
  let tried = 0;
  let passed = 0;
  const progress = startProgress('untransformed', Math.min(count, attacks.length) + benign.length);
  try {
    for (const row of attacks) {
      if (caught.length === count) break;
      tried += 1;
      if (!(await blocks(engine, row))) continue;
      caught.push(row);
      progress.advance();
    }
    for (const row of benign) {
      if (!(await blocks(engine, row))) passed += 1;
      progress.advance();
    }
  } finally {
    progress.end();
  }
  return { caught, tried, benign, passed };
}

async function measure(engine: Engine, transform: Transform, { caught, benign, passed }: Samples, seed: number): Promise<EvasionMeasured> {
  const progress = startProgress(transform.name, caught.length + benign.length);
  let cutShort = 0;
  const blocked = async (rows: readonly LabelledRow[]): Promise<number> => {
    let count = 0;
    for (const [index, row] of rows.entries()) {
      // A seed a row: a transform's choices depend on no other transform, and on no row before.
      const { decision, degraded } = await scored(engine, row, transform.apply(row.text, randomOf(seed + index)));
      if (decision === 'block') count += 1;
      if (degraded !== undefined) cutShort += 1;
      progress.advance();
    }
    return count;
  };
  try {
    const kept = caught.length === 0 ? null : (await blocked(caught)) / caught.length;
    const passChange = benign.length === 0 ? null : (benign.length - (await blocked(benign)) - passed) / benign.length;
    return { name: transform.name, family: transform.family, kept, passChange, cutShort };
  } finally {
    progress.end();
  }
}
