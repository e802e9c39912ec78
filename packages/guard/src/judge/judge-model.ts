import type { JudgePrompt } from './judge-prompt.ts';

/** A language model that can be asked. */
export interface JudgeModel {
  /** What the verdict calls it. */
  readonly name: string;
  /** `yes` if it may be asked about a text now. `not-allowed`: it is there, and nobody consented. */
  readonly ready: () => Promise<'yes' | 'unavailable' | 'not-allowed'>;
  /** Its answer, as it is. @throws whatever keeps it from answering. */
  readonly ask: (prompt: JudgePrompt, signal: AbortSignal) => Promise<string>;
}

/** The Prompt API, as far as it is used (https://webmachinelearning.github.io/prompt-api/). */
interface LanguageModelApi {
  availability(options: object): Promise<string>;
  create(options: object): Promise<{ prompt(input: string, options: object): Promise<string>; destroy(): void }>;
}

/** The browser's own model, on the device: the text does not leave it. It is asked only where it is downloaded already. */
export function browserModel(): JudgeModel {
  const expected = { expectedInputs: [{ type: 'text' }], expectedOutputs: [{ type: 'text', languages: ['en'] }] };
  const api = (): LanguageModelApi | undefined => (globalThis as { LanguageModel?: LanguageModelApi }).LanguageModel;
  return {
    name: 'browser',
    ready: async () => ((await api()?.availability(expected)) === 'available' ? 'yes' : 'unavailable'),
    async ask({ system, user, words }, signal) {
      // One session for one question: what a text did to it ends with it.
      const session = await api()?.create({ ...expected, initialPrompts: [{ role: 'system', content: system }], signal });
      if (session === undefined) throw new Error('the browser has no model');
      try {
        return await session.prompt(user, { responseConstraint: { enum: [words.attack, words.benign] }, signal });
      } finally {
        session.destroy();
      }
    },
  };
}

export interface EndpointModelOptions {
  /** The base of an OpenAI-compatible API, `https://llm.example/v1`; `/chat/completions` is added. */
  readonly url: string;
  readonly model: string;
  readonly key?: string;
  /** Whether the person agreed that texts are sent there; asked before each. */
  readonly consent: () => boolean | PromiseLike<boolean>;
}

/** A model behind an OpenAI-compatible endpoint. The text that is judged is sent there. */
export function endpointModel({ url, model, key, consent }: EndpointModelOptions): JudgeModel {
  return {
    name: model,
    ready: async () => ((await consent()) === true ? 'yes' : 'not-allowed'),
    async ask({ system, user }, signal) {
      const messages = [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ];
      const response = await fetch(`${url.trim().replace(/\/+$/, '')}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ model, messages, temperature: 0, max_tokens: 32, stream: false }),
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        // Nowhere else than where consent was given for.
        redirect: 'error',
        signal,
      });
      if (!response.ok) throw new Error(`the endpoint answered with ${response.status}`);
      const body = (await response.json()) as { readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[] } | null;
      return String(body?.choices?.[0]?.message?.content ?? '');
    },
  };
}
