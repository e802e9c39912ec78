import { describe, expect, it } from 'vitest';
import { normalise, originalSpan } from '../text/normalise.ts';
import { imagesByReference } from './image-references.ts';

const shown = (text: string): string => imagesByReference(normalise(text)).text;

describe('imagesByReference', () => {
  it.each([
    ['a label of its own', '![x][cat]\n\n[cat]: https://a.example/c.png', '![x][cat]\n\n![cat](https://a.example/c.png)'],
    ['no label but its words', '![cat][] or ![dog]\n[cat]: /c\n[dog]: /d', '![cat][] or ![dog]\n![cat](/c)\n![dog](/d)'],
    ['a definition before it, in other case and with other blanks', '[My  Cat]: /c "my cat"\n![x][my cat]', '![My Cat](/c) "my cat"\n![x][my cat]'],
    ['an address in angle brackets', '![x][1]\n[1]: <https://a.example/two words>', '![x][1]\n![1](https://a.example/two words)'],
    ['an address on the next line', '![x][1]\n  [1]:\n  /c', '![x][1]\n![1](/c)'],
  ])('shows an image that has %s', (_what, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['a link by reference', '[x][cat]\n[cat]: /c'],
    ['an image with its address', '![cat](/c)\n[cat]: /d'],
    ['a reference that nothing defines', '![x][cat]\n[dog]: /d'],
    ['a definition within a line', '![x][cat] see [cat]: /c'],
  ])('leaves %s, and is the text that it was given', (_what, text) => {
    const view = normalise(text);
    expect(imagesByReference(view)).toBe(view);
  });

  it('points to the definition', () => {
    const text = 'ﬁrst ![x][1]\n[1]: <https://a.example/c?q=1>\nend';
    const view = imagesByReference(normalise(text));
    const at = view.text.indexOf('![1](');
    expect(text.slice(...originalSpan(view, at, view.text.indexOf('\nend')))).toBe('[1]: <https://a.example/c?q=1>');
    const address = 'https://a.example/c?q=1';
    const from = view.text.indexOf(address);
    expect(text.slice(...originalSpan(view, from, from + address.length))).toBe(address);
  });
});
