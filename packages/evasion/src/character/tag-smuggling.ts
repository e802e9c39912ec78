import type { Transform } from '../transform.ts';
import { COVERS } from './covers.ts';

/** Printable ASCII as tag characters (U+E0020 to U+E007E), which no font shows; everything else stays as it is. */
export function toTags(text: string): string {
  return text.replace(/[ -~]/g, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0)));
}

/** A harmless message with the text behind it in invisible tag characters. */
export const tagSmuggling: Transform = {
  name: 'tag-smuggling',
  family: 'character',
  readable: false,
  reference: 'Goodside 2024; Rehberger 2024, ASCII Smuggler; Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 2, plus: 100 },
  apply: (text, random) => random.pick(COVERS) + toTags(text),
};
