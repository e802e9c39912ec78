import { PLACEHOLDER } from './placeholder.ts';
import type { Vault } from './vault.ts';

/** A text with stars for a vault's placeholders, as many as they have characters, so that spans stay true: models take words in capitals for an attack. */
export function starred(text: string, vault: Vault): string {
  return text.replace(PLACEHOLDER, (placeholder) => (vault.valueOf(placeholder) === undefined ? placeholder : '*'.repeat(placeholder.length)));
}
