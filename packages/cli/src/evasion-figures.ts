import { readFile } from 'node:fs/promises';
import { PortcullisError } from '@portcullis/core';
import type { EvasionMeasured, EvasionSample } from './evasion-report.ts';

/** What `evasion --json` prints, a line each: the sample first, then every transform. */
export type EvasionLine = { readonly sample: EvasionSample } | { readonly measured: EvasionMeasured };

export interface EvasionFigures {
  readonly sample: EvasionSample;
  readonly measured: readonly EvasionMeasured[];
}

/**
 * What a run of `evasion --json` has printed into a file, also one that was cut short.
 * @throws {PortcullisError} `input-invalid` if the file cannot be read, holds something else or no sample.
 */
export async function figuresIn(file: string): Promise<EvasionFigures> {
  const lines = await linesOf(file);
  const sample = lines.find((line) => 'sample' in line)?.sample;
  if (sample === undefined) throw new PortcullisError('input-invalid', `${file}: there is no sample, the line that a run prints first`);
  return { sample, measured: lines.flatMap((line) => ('measured' in line ? line.measured : [])) };
}

/**
 * Figures of several runs as one, in the order of the names. Of a transform measured twice, the last figures count.
 * @throws {PortcullisError} `input-invalid` if the runs drew different samples: their figures cannot stand in one table.
 */
export function merged(parts: readonly EvasionFigures[], names: readonly string[]): EvasionFigures {
  const [first, ...others] = parts.map(({ sample }) => sample);
  if (first === undefined) throw new PortcullisError('input-invalid', 'there is no transform to measure');
  for (const other of others) sameSample(first, other);
  const byName = new Map(parts.flatMap(({ measured }) => measured).map((one) => [one.name, one]));
  return { sample: first, measured: names.flatMap((name) => byName.get(name) ?? []) };
}

function sameSample(one: EvasionSample, other: EvasionSample): void {
  const key = (Object.keys(one) as (keyof EvasionSample)[]).find((name) => one[name] !== other[name]);
  if (key === undefined) return;
  throw new PortcullisError('input-invalid', `the figures rest on different samples: ${key} is ${one[key]} and ${other[key]}`);
}

async function linesOf(file: string): Promise<EvasionLine[]> {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => lineOf(JSON.parse(line)));
  } catch (error) {
    throw new PortcullisError('input-invalid', `${file}: no figures of evasion --json: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function lineOf(value: unknown): EvasionLine {
  if (typeof value === 'object' && value !== null && ('sample' in value || 'measured' in value)) return value as EvasionLine;
  throw new Error(`${JSON.stringify(value)} is neither a sample nor a transform's figures`);
}
