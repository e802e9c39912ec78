import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openReady, type Scanned, scanAll } from './support/page.ts';
import { expectSame, TEXTS } from './support/parity.ts';
import { test } from './support/visited.ts';

test('the CLI gives the verdicts of the browser', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-'));
  try {
    const [input, output] = [join(folder, 'rows.jsonl'), join(folder, 'verdicts.jsonl')];
    await writeFile(input, TEXTS.map((text, id) => `${JSON.stringify({ id: String(id), text, label: 0, category: 'benign', lang: 'en' })}\n`).join(''));
    const bundle = process.env['PORTCULLIS_BUNDLE'];
    await promisify(execFile)('npm', [
      'run',
      '--silent',
      'portcullis',
      '--',
      'scan',
      '--input',
      input,
      '--output',
      output,
      ...(bundle ? ['--bundle', bundle] : []),
    ]);
    const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
    const inNode = lines.map((line): Scanned => {
      const row = JSON.parse(line);
      return { ...row, signals: Object.entries(row.signals).map(([name, score]) => ({ name, score: Number(score) })) };
    });
    await openReady(page);
    expectSame(await scanAll(page, TEXTS), inNode, TEXTS);
  } finally {
    await rm(folder, { recursive: true });
  }
});
