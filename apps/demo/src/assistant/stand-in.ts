import type { Assistant, Turn } from './assistant.ts';

const HELP = 'To talk to a real model, open Settings and connect an OpenAI-compatible endpoint: its base URL, a model name and, if it wants one, a key.';

/** Counts words the way the user's language does, where the browser can. */
function words(text: string): number {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter((part) => part.isWordLike).length;
}

/** What the stand-in says: a pure function of the last turn. It claims no understanding, because it has none. */
export function standInReply(turns: readonly Turn[]): string {
  const last = turns.at(-1)?.content ?? '';
  const sent = turns.filter((turn) => turn.role === 'user').length;
  const count = words(last);
  const opening = `I am a stand-in without a model. Your message came through the gate: ${count} ${count === 1 ? 'word' : 'words'}, ${last.length} characters.`;
  return sent === 1 || /\b(help|connect|endpoint|settings|model)\b/i.test(last) ? `${opening}\n\n${HELP}` : opening;
}

/** Answers offline with canned text, so that the gate can be tried without an account anywhere. */
export const standIn: Assistant = {
  label: 'Offline stand-in: canned replies, no model',
  reply: (turns) => Promise.resolve(standInReply(turns)),
};
