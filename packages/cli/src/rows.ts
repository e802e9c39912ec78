import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PortcullisError } from '@portcullis/core';
import * as v from 'valibot';

const promptSchema = v.object({
  id: v.union([v.string(), v.number()]),
  text: v.string(),
  label: v.optional(v.picklist([0, 1])),
  category: v.optional(v.string()),
  split: v.optional(v.string()),
});

/** One prompt row of `evaluation.md`'s format. */
export type PromptRow = v.InferOutput<typeof promptSchema>;

/**
 * Reads prompt rows, line by line; gzip is told by its first two bytes.
 * @throws {PortcullisError} `input-invalid`, naming file, line and field.
 */
export async function* readRows(file: string): AsyncGenerator<PromptRow> {
  let number = 0;
  for await (const line of readLines(file)) {
    number += 1;
    const row = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (row.trim() !== '') yield parseRow(row, `${file}:${number}`);
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: await openText(file), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new PortcullisError('input-invalid', `${file}: cannot be read: ${String(cause)}`, { cause });
  }
}

async function openText(file: string): Promise<Readable> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  const bytes = handle.createReadStream({ start: 0 });
  const zipped = buffer[0] === 0x1f && buffer[1] === 0x8b;
  // An error of the file ends the unzipping, whose reader then hears of it.
  return zipped ? pipeline(bytes, createGunzip(), () => {}) : bytes;
}

function parseRow(line: string, place: string): PromptRow {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw new PortcullisError('input-invalid', `${place}: no JSON: ${String(cause)}`, { cause });
  }
  const parsed = v.safeParse(promptSchema, json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new PortcullisError('input-invalid', `${place}: ${v.getDotPath(issue) ?? 'row'}: ${issue.message}`);
}
