import { readFile, writeFile } from 'node:fs/promises';
import { PortcullisError } from '@portcullis/core';

/**
 * Writes Markdown between the markers `<!-- name:start -->` and `<!-- name:end -->` of a file, in place of what stands there.
 * @throws {PortcullisError} `input-invalid` if the file lacks them; it is left alone then.
 */
export async function writeCard(card: string, name: string, text: string): Promise<void> {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const before = await readFile(card, 'utf8');
  const [head, tail] = [before.indexOf(start), before.indexOf(end)];
  if (head < 0 || tail < head) throw new PortcullisError('input-invalid', `${card}: the markers ${start} and ${end} are not there`);
  await writeFile(card, `${before.slice(0, head + start.length)}\n${text}\n${before.slice(tail)}`);
}
