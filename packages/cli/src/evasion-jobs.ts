import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PortcullisError } from '@portcullis/core';
import type { EvasionFlags } from './evasion.ts';
import { type EvasionFigures, type EvasionLine, merged } from './evasion-figures.ts';
import type { EvasionMeasured, EvasionSample } from './evasion-report.ts';
import { startProgress } from './progress.ts';

/**
 * Measures the transforms in several processes, each with its share of them and of the threads: one scan leaves cores idle.
 * Seed and sample are the same in all, and so are the figures.
 * @throws {PortcullisError} `inference-failed` if a process ends without its figures.
 */
export async function inJobs(flags: EvasionFlags, names: readonly string[]): Promise<EvasionFigures> {
  const jobs = Math.min(flags.jobs, names.length);
  const progress = startProgress('transforms', names.length);
  const parts = await Promise.all(
    Array.from({ length: jobs }, (_, job) =>
      inProcess(
        flags,
        names.filter((_name, nth) => nth % jobs === job),
        Math.max(1, Math.floor(flags.threads / jobs)),
        progress.advance,
      ),
    ),
  );
  progress.end();
  return merged(parts, names);
}

async function inProcess({ data, rows, seed, bundle }: EvasionFlags, only: readonly string[], threads: number, advance: () => void): Promise<EvasionFigures> {
  const options = { data, rows, seed, bundle, threads, jobs: 1 };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'evasion', '--json', ...flags, '--only', ...only], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let sample: EvasionSample | undefined;
  const measured: EvasionMeasured[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as EvasionLine;
    if ('sample' in line) sample = line.sample;
    else {
      measured.push(line.measured);
      advance();
    }
  }
  if (sample === undefined || measured.length < only.length)
    throw new PortcullisError('inference-failed', `a process ended before it had measured ${only.join(', ')}`);
  return { sample, measured };
}
