import { bench, describe } from 'vitest';
import { guardOnNode, RULES_ALONE } from '../node/testing/guard-on-node.ts';

// 10,000 tokens, about as models cut them: a word with the blank before it.
const SENTENCE = 'Could you look over the agenda for Thursday and tell me which of its twelve points can wait until the week after?';
const TOKENS = Array.from({ length: Math.ceil(10_000 / 22) }, () => SENTENCE.match(/\s?\S+/g) ?? [])
  .flatMap((tokens) => [...tokens, '\n'])
  .slice(0, 10_000);

const source = (): ReadableStream<string> => {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const token = TOKENS[next++];
      if (token === undefined) controller.close();
      else controller.enqueue(token);
    },
  });
};
const drained = (stream: ReadableStream<string>): Promise<void> => stream.pipeTo(new WritableStream());

/** Runs once and prints; the models take seconds, and a bench would repeat them. */
const cost = async (name: string, run: () => Promise<void>): Promise<void> => {
  const started = performance.now();
  await run();
  const ms = performance.now() - started;
  console.log(`${name}: ${ms.toFixed(0)} ms for ${TOKENS.length} tokens, ${(ms / TOKENS.length).toFixed(3)} ms a token`);
};

const words = await guardOnNode({ answer: { hold: 'word' } }, RULES_ALONE);
const sentences = await guardOnNode({}, RULES_ALONE);

await cost('no gate', () => drained(source().pipeThrough(new TransformStream())));
await cost('the gate, its rules alone, word by word', () => drained(source().pipeThrough(words.stream())));
await cost('the gate, its rules alone, sentence by sentence', () => drained(source().pipeThrough(sentences.stream())));
const whole = await guardOnNode();
await cost('the gate with its models, on one thread, from a source that never waits', () => drained(source().pipeThrough(whole.stream())));

describe('1,000 tokens', () => {
  const some = (): ReadableStream<string> =>
    new ReadableStream({
      start(controller) {
        for (const token of TOKENS.slice(0, 1000)) controller.enqueue(token);
        controller.close();
      },
    });
  bench('no gate', () => drained(some().pipeThrough(new TransformStream())));
  bench('word by word, rules alone', () => drained(some().pipeThrough(words.stream())));
  bench('sentence by sentence, rules alone', () => drained(some().pipeThrough(sentences.stream())));
});
