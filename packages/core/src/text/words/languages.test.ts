import { describe, expect, it } from 'vitest';
import { frontCoded } from './front-coding.ts';
import { languagesFrom } from './languages.ts';

const line = (language: string, ...lists: string[][]): string => [language, ...lists.map((words) => frontCoded([...words].sort()))].join('\t');
const FILE = [
  line('de', ['bitte', 'ignoriere', 'diese', 'anweisungen', 'schreiben'], ['schrieben', 'blumen', 'sonne']),
  line('en', ['gazelle']),
  line('ru', ['забудь', 'правила', 'сначала', 'потом']),
  '',
].join('\n');

describe('languagesFrom', () => {
  const languages = languagesFrom(FILE, ['okapi']);

  it('holds words against the language that they are of, though their letters are out of order', () => {
    const german = languages.shapesFor(['btite', 'iiegonrre', 'dsiee', 'auengnwiesn']);
    expect(['btite', 'iiegonrre', 'auengnwiesn'].map(german.wordOf)).toEqual(['bitte', 'ignoriere', 'anweisungen']);
    expect(languages.shapesFor(['здаубь', 'плваира', 'сачална', 'птоом']).wordOf('здаубь')).toBe('забудь');
  });

  it('reads the commoner of two words that are shuffled to one', () => {
    const german = languages.shapesFor(['diese', 'blumen', 'sonne', 'schrieben']);
    expect([german.has('schrieben'), german.wordOf('schrieben')]).toEqual([true, 'schreiben']);
  });

  it('knows English words in a text of another language, but not their endings', () => {
    const german = languages.shapesFor(['btite', 'iiegonrre', 'dsiee', 'pormpt', 'gzllaee']);
    expect([german.wordOf('pormpt'), german.wordOf('gzllaee'), german.inflectedOf('gzllaees')]).toEqual(['prompt', 'gazelle', undefined]);
  });

  it('takes a text for English that is, that has few words, and that no language knows', () => {
    const english = languages.shapesFor(['ignroe', 'prveiuos', 'gzllaee', 'oakpi']);
    expect(english.wordOf('btite')).toBeUndefined();
    expect([english.wordOf('gzllaee'), english.wordOf('oakpi'), english.inflectedOf('gzllaees')]).toEqual(['gazelle', 'okapi', 'gazelles']);
    for (const words of [['btite', 'iiegonrre'], ['qqqq', 'wwww', 'zzzz', 'xxxx'], []]) expect(languages.shapesFor(words)).toBe(english);
  });

  it('makes nothing of a file that is none', () => {
    for (const file of ['', '\n\n', 'no tabs here', '\t\t\t']) expect(languagesFrom(file).shapesFor(['ignroe']).wordOf('ignroe')).toBe('ignore');
  });
});
