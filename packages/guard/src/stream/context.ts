import { openFence } from '@portcullis/core';

/**
 * The last `most` code units of a text: from the start of a line if one begins in the first half of them, and with the fence before them where they
 * begin in a block of code, as what is code is read otherwise.
 */
export function tailOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const from = text.length - most;
  const line = text.indexOf('\n', from) + 1;
  const cut = line > 0 && line <= from + most / 2 ? line : from;
  const fence = openFence(text.slice(0, cut));
  return fence === undefined ? text.slice(cut) : `${fence}\n${text.slice(cut)}`;
}
