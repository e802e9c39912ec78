import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseCall, verifierInput } from '@portcullis/core/tools';
import { readToolCallRows } from './tool-call-rows.ts';

/** `portcullis verifier-inputs`: what the tool-call verifier reads of each row, for its training. */
export async function verifierInputs({ input, output }: { readonly input: string; readonly output: string }): Promise<void> {
  await pipeline(Readable.from(lines(input)), createWriteStream(output));
}

async function* lines(input: string): AsyncGenerator<string> {
  for await (const { id, request } of readToolCallRows(input)) {
    const { windows } = verifierInput(parseCall(request.call), request);
    yield `${JSON.stringify({ id, windows })}\n`;
  }
}
