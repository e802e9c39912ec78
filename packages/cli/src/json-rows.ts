import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PortcullisError } from '@portcullis/core';

/** A line of JSON, and where it stands, `FILE:LINE`, for messages. */
export interface JsonRow {
  readonly json: unknown;
  readonly place: string;
}

/**
 * Reads a file of JSON lines, line by line; gzip is told by its first two bytes.
 * @throws {PortcullisError} `input-invalid`, naming file and line.
 */
export async function* jsonRows(file: string): AsyncGenerator<JsonRow> {
  let number = 0;
  for await (const line of readLines(file)) {
    number += 1;
    const row = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    const place = `${file}:${number}`;
    if (row.trim() !== '') yield { json: parsed(row, place), place };
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

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new PortcullisError('input-invalid', `${place}: no JSON: ${String(cause)}`, { cause });
  }
}
