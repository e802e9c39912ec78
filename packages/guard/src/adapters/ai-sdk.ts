import type { LanguageModelV4Content, LanguageModelV4Middleware, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { PortcullisError } from '@portcullis/core';
import type { Guard } from '../guard.ts';
import type { StreamOptions } from '../stream/answer-stream.ts';
import { CONTENT_FILTER, NOT_KNOWN, promptMiddleware } from './ai-sdk-prompt.ts';
import { type Channel, gatedText, openChannel } from './channel.ts';
import type { PromptOptions } from './guard-prompt.ts';

type Part = LanguageModelV4StreamPart;
type Kind = 'text' | 'reasoning';

export { promptMiddleware } from './ai-sdk-prompt.ts';

/**
 * Middleware of the AI SDK 7 for `wrapLanguageModel`: texts and reasoning of every answer are gated, streamed or not. An answer that is ended finishes with
 * the reason `content-filter`; `onStop` says why.
 */
export function answerMiddleware(guard: Pick<Guard, 'stream'>, options: StreamOptions = {}): LanguageModelV4Middleware {
  return {
    specificationVersion: 'v4',
    async wrapStream({ doStream }) {
      const { stream, ...rest } = await doStream();
      return { ...rest, stream: stream.pipeThrough(gateParts(guard, options)) };
    },
    async wrapGenerate({ doGenerate }) {
      const { content, structuredOutputText, ...result } = await doGenerate();
      // The provider's own words hold the answer as it was.
      const { body: _body, ...response } = result.response ?? {};
      const passed: LanguageModelV4Content[] = [];
      try {
        for (const part of content)
          passed.push(part.type === 'text' || part.type === 'reasoning' ? { ...part, text: await gatedText(guard, part.text, options) } : part);
        const structured = structuredOutputText === undefined ? {} : { structuredOutputText: await gatedText(guard, structuredOutputText, options) };
        return { ...result, ...structured, response, content: passed };
      } catch (error) {
        if (!isStop(error)) throw error;
        return { ...result, response, content: passed, finishReason: CONTENT_FILTER };
      }
    },
  };
}

/**
 * Middleware of the AI SDK 7 for `wrapLanguageModel`: prompts are read before they leave, as `promptMiddleware` does, and answers are gated, as
 * `answerMiddleware` does.
 */
export function guardMiddleware(guard: Pick<Guard, 'scan' | 'stream'>, options: StreamOptions & PromptOptions = {}): LanguageModelV4Middleware[] {
  return [promptMiddleware(guard, options), answerMiddleware(guard, options)];
}

/** The parts of a `LanguageModelV4` stream with the texts in them gated. Raw chunks are left out: they hold the text as it came. */
export function gateParts(guard: Pick<Guard, 'stream'>, options: StreamOptions = {}): TransformStream<Part, Part> {
  const channels = new Map<string, Channel>();
  /** The block whose text is at work: if the answer is ended, it is this one's doing. */
  let current: { readonly kind: Kind; readonly id: string } | undefined;
  const end = async (kind: Kind, id: string): Promise<void> => {
    current = { kind, id };
    await channels.get(`${kind} ${id}`)?.end();
    channels.delete(`${kind} ${id}`);
  };
  const endAll = async (): Promise<void> => {
    for (const key of [...channels.keys()]) {
      const [kind = '', ...id] = key.split(' ');
      await end(kind as Kind, id.join(' '));
    }
  };

  const handle = async (part: Part, controller: TransformStreamDefaultController<Part>): Promise<void> => {
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta': {
        const kind = part.type === 'text-delta' ? 'text' : 'reasoning';
        const key = `${kind} ${part.id}`;
        const { type, id } = part;
        const channel = channels.get(key) ?? openChannel(guard.stream(options), (delta) => controller.enqueue({ type, id, delta }));
        channels.set(key, channel);
        current = { kind, id };
        return channel.push(part.delta);
      }
      case 'text-end':
      case 'reasoning-end':
        await end(part.type === 'text-end' ? 'text' : 'reasoning', part.id);
        return controller.enqueue(part);
      case 'finish':
        await endAll();
        return controller.enqueue(part);
      case 'raw':
        return;
      default:
        return controller.enqueue(part);
    }
  };

  const ending = async (work: Promise<void>, controller: TransformStreamDefaultController<Part>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!isStop(error)) throw error;
      if (current !== undefined) controller.enqueue({ type: `${current.kind}-end`, id: current.id });
      controller.enqueue({ type: 'finish', finishReason: CONTENT_FILTER, usage: NOT_KNOWN });
      controller.terminate();
    }
  };

  return new TransformStream({
    transform: (part, controller) => ending(handle(part, controller), controller),
    flush: (controller) => ending(endAll(), controller),
  });
}

const isStop = (error: unknown): boolean => error instanceof PortcullisError && error.code === 'answer-stopped';
