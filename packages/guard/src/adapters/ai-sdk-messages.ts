/** A message of the AI SDK (`ModelMessage`), as far as it is looked at. */
export interface AiMessage {
  readonly role: string;
  readonly content: string | readonly object[];
}

type Part = Readonly<Record<string, unknown>>;

const partsOf = ({ content }: AiMessage): readonly Part[] => (typeof content === 'string' ? [{ type: 'text', text: content }] : (content as readonly Part[]));

const saidIn = (message: AiMessage): string =>
  partsOf(message)
    .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
    .join('\n')
    .trim();

/**
 * What the person asked for. Of what the model said only that which the person answered: the rest may be what a page told it to say.
 * A model's turn is put on one line, so that it cannot write one of the person's.
 */
export function intentOf(messages: readonly AiMessage[]): string {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const turns = messages.slice(0, last + 1).flatMap((message) => {
    const text = saidIn(message);
    if (text === '') return [];
    if (message.role === 'user') return [{ role: 'user', text }];
    return message.role === 'assistant' ? [{ role: 'assistant', text: text.replace(/\s+/g, ' ') }] : [];
  });
  return turns.length === 1 ? (turns[0]?.text ?? '') : turns.map(({ role, text }) => `${role}: ${text}`).join('\n');
}

/** What tools gave so far. */
export function contextOf(messages: readonly AiMessage[]): string {
  const results = messages.flatMap((message) => partsOf(message).filter(({ type }) => type === 'tool-result'));
  return results.map(({ output }) => resultText(output)).join('\n\n');
}

function resultText(output: unknown): string {
  const { type, value } = (typeof output === 'object' && output !== null ? output : {}) as Part;
  if (typeof value === 'string') return value;
  if (type === 'content' && Array.isArray(value)) return value.map((part: Part) => (typeof part['text'] === 'string' ? part['text'] : '')).join('\n');
  return JSON.stringify(value) ?? '';
}
