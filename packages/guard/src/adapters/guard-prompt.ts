import { PortcullisError, type Verdict } from '@portcullis/core';
import type { Guard } from '../guard.ts';

/** What a text of a prompt is, and where it comes from. */
export interface PromptOrigin {
  readonly role: 'user' | 'tool' | 'document';
  readonly source?: string;
  /** True of what the person says now: the turn that the model is to answer. */
  readonly now: boolean;
}

/** A prompt with the texts that `visit` gives in place of its own. The texts of one call belong together: a model reads them as one. */
export type RewriteTexts<Prompt> = (prompt: Prompt, visit: (texts: readonly string[], origin: PromptOrigin) => readonly string[]) => Prompt;

export interface PromptOptions {
  /** Asks the person about a turn of theirs that the guard warns of. Only `true` lets it out; without it, nobody is there to be asked, and it stays. */
  readonly confirm?: (verdict: Verdict) => boolean | PromiseLike<boolean>;
  /** What is answered instead of a turn that is held back. Without it the call fails with `text-blocked`, the verdict as its cause. */
  readonly refusal?: string | ((verdict: Verdict) => string);
  /** Told each new verdict on a text of a prompt. */
  readonly onPrompt?: (verdict: Verdict, origin: PromptOrigin) => void;
}

export type GuardedPrompt<Prompt> = { readonly held: false; readonly prompt: Prompt } | { readonly held: true; readonly verdict: Verdict };

/** Most texts whose verdicts are remembered: a conversation comes whole with every turn, and each text of it is read once. */
const MOST_REMEMBERED = 512;

/**
 * Reads the texts of prompts before they leave. The person's turn is held back unless the guard allows it, or the person confirms it; other turns of theirs
 * that were not let out go without their words, and so do results of tools and documents that the guard blocks.
 */
export function promptGuard(guard: Pick<Guard, 'scan'>, { confirm, onPrompt }: PromptOptions) {
  const verdicts = new Map<string, Verdict>();
  const confirmed = new Set<string>();

  const verdictOn = async (key: string, text: string, origin: PromptOrigin, signal: AbortSignal | undefined): Promise<Verdict> => {
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const { role, source } = origin;
    const verdict = await guard.scan(text, { role, ...(source !== undefined && { source }), ...(signal && { signal }) });
    onPrompt?.(verdict, origin);
    // What could not be read in full is read anew.
    if (verdict.degraded === undefined) remember(verdicts, key, verdict);
    return verdict;
  };

  const isHeld = async (key: string, verdict: Verdict, { role, now }: PromptOrigin): Promise<boolean> => {
    if (role !== 'user' || verdict.decision !== 'warn') return verdict.decision === 'block';
    if (now && !confirmed.has(key) && (await confirm?.(verdict)) === true) confirmed.add(key);
    return !confirmed.has(key);
  };

  /** @throws what `Guard.scan` and `confirm` throw. */
  return async <Prompt>(prompt: Prompt, rewrite: RewriteTexts<Prompt>, signal?: AbortSignal): Promise<GuardedPrompt<Prompt>> => {
    const found: { readonly key: string; readonly text: string; readonly origin: PromptOrigin }[] = [];
    rewrite(prompt, (texts, origin) => {
      found.push({ key: keyOf(texts, origin), text: texts.join('\n'), origin });
      return texts;
    });
    const notes = new Map<string, string>();
    for (const { key, text, origin } of found) {
      if (text.trim() === '') continue;
      const verdict = await verdictOn(key, text, origin, signal);
      if (!(await isHeld(key, verdict, origin))) continue;
      if (origin.role === 'user' && origin.now) return { held: true, verdict };
      notes.set(key, `[A text was withheld here. ${verdict.reason}]`);
    }
    if (notes.size === 0) return { held: false, prompt };
    const replaced = rewrite(prompt, (texts, origin) => {
      const note = notes.get(keyOf(texts, origin));
      return note === undefined ? texts : texts.map(() => note);
    });
    return { held: false, prompt: replaced };
  };
}

/** What is answered instead of a turn. @throws {PortcullisError} `text-blocked` where the app gave no words for it. */
export function refusalOf(verdict: Verdict, { refusal }: PromptOptions): string {
  if (refusal === undefined) throw new PortcullisError('text-blocked', verdict.reason, { cause: verdict });
  return typeof refusal === 'string' ? refusal : refusal(verdict);
}

const keyOf = (texts: readonly string[], { role, source }: PromptOrigin): string => JSON.stringify([role, source, texts]);

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_REMEMBERED && oldest !== undefined) map.delete(oldest);
}
