import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { zh } from './zh.ts';

/** Every text by its path; of those with figures in them, what they make of some. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const here = `${path}.${name}`;
    if (typeof value === 'function') return [[here, String(value('7', '9'))]];
    return typeof value === 'string' ? [[here, value]] : texts(value as object, here);
  });
}

/** Names, and states that need no second sentence. */
const SAME = /backends|^\.gate\.\w+\.1$/;

describe.each(Object.entries({ de, es, zh }))('the words in %s', (_, words) => {
  const [english, translated] = [texts(en), texts(words)];

  it('are all there, and say something where English does', () => {
    expect(translated.map(([path, text]) => [path, text !== ''])).toEqual(english.map(([path, text]) => [path, text !== '']));
  });

  it('are not English', () => {
    const same = english.filter(([path, text]) => !SAME.test(path) && translated.some(([other, said]) => other === path && said === text));
    expect(same).toEqual([]);
  });

  it('keep every figure', () => {
    for (const [path, text] of english) {
      const figures = text.match(/\d+/g) ?? [];
      const said = translated.find(([other]) => other === path)?.[1] ?? '';
      expect([path, figures.every((figure) => said.includes(figure))]).toEqual([path, true]);
    }
  });
});
