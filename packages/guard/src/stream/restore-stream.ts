import { restorer, type Vault } from '@portcullis/core';

/** A stream of text chunks, cut anywhere, with what a vault's placeholders stand for put back: the model saw placeholders, the person sees the text. Behind a gate, not before it. */
export function restoreStream(vault: Vault): TransformStream<string, string> {
  const { push, end } = restorer(vault);
  const say = (text: string, controller: TransformStreamDefaultController<string>): void => {
    if (text !== '') controller.enqueue(text);
  };
  return new TransformStream({
    transform: (chunk, controller) => say(push(chunk), controller),
    flush: (controller) => say(end(), controller),
  });
}
