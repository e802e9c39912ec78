/** The element with this id and tag. @throws {Error} when the page lacks it, which is a mistake in the page. */
export function element<Tag extends keyof HTMLElementTagNameMap>(id: string, tag: Tag): HTMLElementTagNameMap[Tag] {
  const found = document.getElementById(id);
  if (found?.localName !== tag) throw new Error(`the page has no <${tag} id="${id}">`);
  return found as HTMLElementTagNameMap[Tag];
}

/** A new element with a text. */
export function made<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text: string): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

/** A row of a list with a button that takes it away. */
export function removable(text: string, onRemove: () => void): HTMLElement {
  const [row, button] = [made('li', ''), made('button', 'Remove')];
  button.type = 'button';
  button.setAttribute('aria-label', `Remove ${text}`);
  button.addEventListener('click', onRemove);
  row.append(made('span', text), button);
  return row;
}
