import type { Normalised } from './normalise.ts';
import type { Variant, VariantLimits } from './variants.ts';
import { utf8Length } from './words/bytes.ts';
import type { Languages } from './words/languages.ts';

/** How a text came about that was folded and no more. */
export const NORMALISED = ['normalised'] as const;

/** Collects readings of one text: new ones, within limits. */
export interface Readings {
  readonly variants: readonly Variant[];
  /** Of the words that scrambled ones are held against. */
  readonly languages: Languages | undefined;
  /** True once a reading that is no part of another was left out for the limits' sake. */
  isTruncated(): boolean;
  /** Takes a reading up, or a `part` of one; false if it was there already or the limits leave it out. */
  add(view: Normalised, provenance: readonly string[], part?: boolean): boolean;
  /** Marks a reading as undone by another, if that one was taken up and differs. */
  undo(view: Normalised, by: Normalised): void;
}

/** An empty collection. The first reading is taken whatever its size. */
export function readings(limits: VariantLimits, languages?: Languages): Readings {
  const variants: (Variant & { undone: boolean })[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  let truncated = false;
  return {
    variants,
    languages,
    isTruncated: () => truncated,
    add({ text, offsets }, provenance, part = false) {
      const first = variants.length === 0;
      const key = keyOf(text);
      if (!first && (key === '' || seen.has(key))) return false;
      const size = utf8Length(text);
      if (!first && (variants.length >= limits.maxVariants || bytes + size > limits.maxBytes)) {
        truncated ||= !part;
        return false;
      }
      seen.add(key);
      bytes += size;
      variants.push({ text, offsets, provenance, part, undone: false });
      return true;
    },
    undo({ text }, by) {
      if (!seen.has(keyOf(by.text)) || keyOf(by.text) === keyOf(text)) return;
      for (const variant of variants) variant.undone ||= variant.text === text;
    },
  };
}

/** Neither rules nor encoders see case, and a different break is no different reading. */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .trim();
}
