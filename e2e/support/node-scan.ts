import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scanned } from './page.ts';
import type { Embedded } from './parity.ts';

/** Scans texts with the CLI, as a person would call it. */
export const scanInNode = (texts: readonly string[]): Promise<Scanned[]> => linesOf<Scanned>(texts);

/** As `scanInNode`, with the embeddings of each text's windows. */
export const embedInNode = (texts: readonly string[]): Promise<Embedded[]> => linesOf<Embedded>(texts, '--embeddings');

async function linesOf<T extends Scanned>(texts: readonly string[], ...flags: string[]): Promise<T[]> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-'));
  try {
    const [input, output] = [join(folder, 'rows.jsonl'), join(folder, 'verdicts.jsonl')];
    await writeFile(input, texts.map((text, id) => `${JSON.stringify({ id: String(id), text, label: 0, category: 'benign', lang: 'en' })}\n`).join(''));
    const bundle = process.env['PORTCULLIS_BUNDLE'];
    const args = ['scan', '--input', input, '--output', output, ...(bundle ? ['--bundle', bundle] : []), ...flags];
    await promisify(execFile)('npm', ['run', '--silent', 'portcullis', '--', ...args]);
    const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
    return lines.map((line): T => {
      const row = JSON.parse(line);
      return { ...row, signals: Object.entries(row.signals).map(([name, score]) => ({ name, score: Number(score) })) };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
