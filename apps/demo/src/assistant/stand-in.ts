import type { Turn } from './assistant.ts';

const HELP = 'To talk to a real model, open Settings and connect an OpenAI-compatible endpoint: its base URL, a model name and, if it wants one, a key.';

/** Counts words the way the user's language does, where the browser can. */
function words(text: string): number {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter((part) => part.isWordLike).length;
}

// Made up, in the form of a real one: nothing else shows what the gate does with an answer's secrets.
const LEAK = 'A deployment script could say: deploy --key sk-proj-q7Rk2ZtB9xWm4LpV8nYc3HdF';

/** What the stand-in says: a pure function of the last turn. It claims no understanding, because it has none. */
export function standInReply(turns: readonly Turn[]): string {
  const last = turns.at(-1)?.content ?? '';
  const sent = turns.filter((turn) => turn.role === 'user').length;
  const count = words(last);
  const counted = `${count} ${count === 1 ? 'word' : 'words'}, ${last.length} characters`;
  const opening = `Thank you for your message of ${counted}. I am only a stand-in without a model, so I cannot say more about it.`;
  const parts = [opening];
  if (/\b(?:api key|password|secret|credential)s?\b/i.test(last)) parts.push(LEAK);
  if (sent === 1 || /\b(help|connect|endpoint|settings|model)\b/i.test(last)) parts.push(HELP);
  return parts.join('\n\n');
}

/** Milliseconds between two words, as of a quick model. */
const PACE_MS = 15;

/** Says it word by word, so that the gate can be tried without an account anywhere. */
export function standInStream(turns: readonly Turn[], signal: AbortSignal): ReadableStream<string> {
  const pieces =
    standInReply(turns)
      .match(/\s*\S+/g)
      ?.values() ?? [].values();
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
      signal.throwIfAborted();
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
