import type { LanguageModelV4Middleware, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Guard } from '../guard.ts';
import { rewriteMessages } from './ai-sdk-texts.ts';
import { type PromptOptions, promptGuard, refusalOf } from './guard-prompt.ts';

export const CONTENT_FILTER = { unified: 'content-filter', raw: 'portcullis' } as const;
export const NOT_KNOWN = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

/**
 * Middleware of the AI SDK 7 for `wrapLanguageModel`: the person's words, text files and results of tools are read before they leave. A turn that is held
 * back fails with `text-blocked`, or is answered with `refusal` and the finish reason `content-filter`; the model is not asked.
 */
export function promptMiddleware(guard: Pick<Guard, 'scan'>, options: PromptOptions = {}): LanguageModelV4Middleware {
  const read = promptGuard(guard, options);
  return {
    specificationVersion: 'v4',
    async wrapGenerate({ model, params }) {
      const result = await read(params.prompt, rewriteMessages, params.abortSignal);
      if (!result.held) return model.doGenerate({ ...params, prompt: result.prompt });
      return { content: [{ type: 'text', text: refusalOf(result.verdict, options) }], finishReason: CONTENT_FILTER, usage: NOT_KNOWN, warnings: [] };
    },
    async wrapStream({ model, params }) {
      const result = await read(params.prompt, rewriteMessages, params.abortSignal);
      if (!result.held) return model.doStream({ ...params, prompt: result.prompt });
      return { stream: streamOf(refusalOf(result.verdict, options)) };
    },
  };
}

function streamOf(refusal: string): ReadableStream<LanguageModelV4StreamPart> {
  const id = 'refusal';
  const parts: LanguageModelV4StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id },
    { type: 'text-delta', id, delta: refusal },
    { type: 'text-end', id },
    { type: 'finish', finishReason: CONTENT_FILTER, usage: NOT_KNOWN },
  ];
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}
