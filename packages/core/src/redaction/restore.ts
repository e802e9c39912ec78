import { PLACEHOLDER, UNFINISHED_PLACEHOLDER } from './placeholder.ts';
import type { Vault } from './vault.ts';

/** Puts back what a vault's placeholders stand for; those it does not know stay. `restore(redact(text, …).text)` is the text. */
export function restore(text: string, vault: Vault): string {
  return text.replace(PLACEHOLDER, (placeholder) => vault.valueOf(placeholder) ?? placeholder);
}

/** Restores a text that comes in pieces, cut anywhere. */
export interface Restorer {
  /** What can be said after this piece; a placeholder that has begun waits for its end. */
  push(piece: string): string;
  /** What is left. */
  end(): string;
}

/** What it gives, joined, is what `restore` makes of the pieces joined. */
export function restorer(vault: Vault): Restorer {
  let waiting = '';
  return {
    push(piece) {
      const text = waiting + piece;
      const cut = UNFINISHED_PLACEHOLDER.exec(text)?.index ?? text.length;
      waiting = text.slice(cut);
      return restore(text.slice(0, cut), vault);
    },
    end() {
      const rest = restore(waiting, vault);
      waiting = '';
      return rest;
    },
  };
}
