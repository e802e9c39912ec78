import { blocks } from './blocks.ts';
import { chatTurns } from './chat-template.ts';
import { emailParts } from './email.ts';
import { withQuotations } from './quotations.ts';
import type { Segment } from './segment.ts';
import { sentenceWindows } from './sentence-windows.ts';

/**
 * The parts of a text: the turns of a chat template if it has one, else the parts of an e-mail if it is one, else blocks (code, quotes,
 * HTML, data) and text, with long text in windows of sentences. Ascending, without overlap; one segment for a plain text, none for an
 * empty one. Linear.
 */
export function segmentsOf(text: string): Segment[] {
  const turns = chatTurns(text);
  if (turns.length > 0) return turns;
  const email = emailParts(text);
  if (email.length > 0) return email;
  return blocks(text)
    .flatMap((segment) => withQuotations(text, segment))
    .flatMap((segment) => sentenceWindows(text, segment));
}
