import type { Normalised } from '../normalise.ts';
import { base32 } from './base32.ts';
import { base64 } from './base64.ts';
import { binary } from './binary.ts';
import type { Decoder, Decoding } from './decoder.ts';
import { entities } from './entities.ts';
import { hex } from './hex.ts';
import { morse } from './morse.ts';
import { percent } from './percent.ts';
import { reversed } from './reversed.ts';
import { rot13 } from './rot13.ts';

/** The narrower alphabet first: bits are also hexadecimal digits, and those are also Base64. */
const DECODERS: readonly Decoder[] = [binary, hex, base32, base64, percent, entities, morse, rot13, reversed];

export const DECODER_NAMES: ReadonlySet<string> = new Set(DECODERS.map(({ name }) => name));

export interface NamedDecoding extends Decoding {
  readonly decoder: string;
}

/** Everything in a text that decodes to readable text, in the order of the decoders. A range that one decoder took is left alone by those after it. */
export function decodingsOf(source: Normalised): NamedDecoding[] {
  const taken: NamedDecoding[] = [];
  const read = new Set<number>();
  for (const decoder of DECODERS) {
    for (const span of decoder.detect(source)) {
      if (read.has(span[0])) continue;
      for (const text of decoder.decode(source.text.slice(...span))) {
        taken.push({ decoder: decoder.name, span, text });
        read.add(span[0]);
      }
    }
  }
  return taken;
}
