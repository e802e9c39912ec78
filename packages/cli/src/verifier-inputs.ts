import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PortcullisError } from '@portcullis/core';
import { parseCall, verifierInput } from '@portcullis/core/tools';
import { readRows } from './rows.ts';

/** `portcullis verifier-inputs`: what the tool-call verifier reads of each row, for its training. */
export async function verifierInputs({ input, output }: { readonly input: string; readonly output: string }): Promise<void> {
  await pipeline(Readable.from(lines(input)), createWriteStream(output));
}

async function* lines(input: string): AsyncGenerator<string> {
  for await (const row of readRows(input)) {
    if (row.kind !== 'tool-call') throw new PortcullisError('input-invalid', `${input}: row ${row.id} is no tool call`);
    const { id, request } = row;
    const { windows } = verifierInput(parseCall(request.call), request);
    yield `${JSON.stringify({ id, windows })}\n`;
  }
}
