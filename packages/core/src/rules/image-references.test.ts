import { describe, expect, it } from 'vitest';
import { normalise, originalSpan } from '../text/normalise.ts';
import { imagesByReference } from './image-references.ts';

const shown = (text: string): string => imagesByReference(normalise(text)).text;

describe('imagesByReference', () => {
  it.each([
    ['a label of its own', '![x][cat]\n\n[cat]: https://a.example/c.png', '![x][cat]\n\n![cat](https://a.example/c.png)'],
    ['no label but its words', '![cat][] or ![dog]\n[cat]: /c\n[dog]: /d', '![cat][] or ![dog]\n![cat](/c)\n![dog](/d)'],
    [
      'a definition before it, in other case and with other blanks',
      '[My  Cat]: /c "my cat"\n![x][my cat], ![my cat]!',
      '[My Cat]: /c "my cat"\n![x](/c), ![my cat](/c)!',
    ],
    ['a definition between two', '![cat]\n[cat]: /c\n![x][cat]', '![cat]\n![cat](/c)\n![x](/c)'],
    ['two definitions', '![cat]\n[cat]: /c\n[cat]: /d', '![cat]\n![cat](/c)\n[cat]: /d'],
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

  it('points to the definition, or to the reference behind it', () => {
    const text = 'ﬁrst ![x][1]\n[1]: <https://a.example/c?q=1>\nthen ![y][1]\nend';
    const view = imagesByReference(normalise(text));
    const pointed = (piece: string): string => text.slice(...originalSpan(view, view.text.indexOf(piece), view.text.indexOf(piece) + piece.length));
    expect(pointed('![1](https://a.example/c?q=1)')).toBe('[1]: <https://a.example/c?q=1>');
    expect(pointed('![y](https://a.example/c?q=1)')).toBe('![y][1]');
  });

  it('at most doubles a text, however many images refer to a long address', () => {
    const text = `[a]: /${'b'.repeat(3000)}\n${'![a]'.repeat(5000)}`;
    expect(shown(text).length).toBeLessThan(2 * text.length + 20);
  });
});
