import { PortcullisError } from '../errors.ts';
import type { Origin } from '../policy/role.ts';

/** What the model was given and nobody else is to see: an answer is held against it. */
export interface HiddenContext {
  /** The system prompt that the answer was written under. */
  readonly systemPrompt?: string;
  /** Tokens that were planted in it: see `plantCanary`. */
  readonly canaries?: readonly string[];
}

/** What an app knows of a text that it has scanned. */
export interface TextContext extends Origin, HiddenContext {}

/** Letters and digits from which a canary is none that stands in an answer by chance. */
export const SHORTEST_CANARY = 8;

/**
 * Checks what came from outside.
 * @throws {PortcullisError} `input-invalid` for a system prompt that is no string, for a canary of fewer than 8 letters and digits, and for either
 * beside another role than `assistant`: only answers are held against them.
 */
export function checkHiddenContext({ role, systemPrompt, canaries }: TextContext): void {
  if (systemPrompt === undefined && canaries === undefined) return;
  if (role !== 'assistant') throw invalid('systemPrompt and canaries go with the role assistant only');
  if (systemPrompt !== undefined && typeof systemPrompt !== 'string') throw invalid(`a system prompt must be a string, not ${typeof systemPrompt}`);
  if (canaries === undefined) return;
  if (!Array.isArray(canaries)) throw invalid('canaries must be a list of strings');
  for (const canary of canaries as readonly unknown[]) {
    const size = typeof canary === 'string' ? (canary.match(/[\p{L}\p{N}]/gu)?.length ?? 0) : 0;
    if (size < SHORTEST_CANARY) throw invalid(`a canary must have ${SHORTEST_CANARY} letters and digits or more`);
  }
}

const invalid = (message: string): PortcullisError => new PortcullisError('input-invalid', message);
