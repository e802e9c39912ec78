/** Code units of what was let out that the rules see again: further than any of them looks back. */
const REACH = 1000;

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/gm;

/** The end of a text, from the start of a line; with the fence before it if it begins in a block of code, as what is code is read otherwise. */
export function tailOf(text: string): string {
  if (text.length <= REACH) return text;
  const line = text.indexOf('\n', text.length - REACH) + 1;
  const cut = line > 0 ? line : text.length - REACH;
  const fence = openFence(text.slice(0, cut));
  return fence === undefined ? text.slice(cut) : `${fence}\n${text.slice(cut)}`;
}

function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const [, fence = '', rest = ''] of text.matchAll(FENCE)) {
    if (open === undefined) open = fence;
    else if (fence.startsWith(open) && rest.trim() === '') open = undefined;
  }
  return open;
}
