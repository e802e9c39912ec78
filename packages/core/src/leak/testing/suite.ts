import { readFileSync } from 'node:fs';
import { randomOf, transformNamed } from '../../../../evasion/src/index.ts';

/** A made-up bot of `bots.txt`. */
export interface Bot {
  readonly name: string;
  readonly prompt: string;
  readonly answers: readonly string[];
  /** The prompt in other words, by hand. */
  readonly retold?: string;
  /** The prompt word by word in another language, by hand. */
  readonly translated?: string;
}

/** An answer of a bot, and whether it gives the bot's prompt away. */
export interface Case {
  readonly bot: Bot;
  readonly kind: string;
  readonly text: string;
  readonly leak: boolean;
}

export const BOTS: readonly Bot[] = readFileSync(new URL('bots.txt', import.meta.url), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((block) => {
    const [name = '', ...lines] = block.trim().split('\n');
    const marked = (mark: string): string[] => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length).replaceAll('\\n', '\n'));
    const [retold] = marked('~~ ');
    const [translated] = marked('@@ ');
    const prompt = lines.filter((line) => !/^(?:>>|~~|@@) /.test(line)).join('\n');
    return { name, prompt, answers: marked('>> '), ...(retold !== undefined && { retold }), ...(translated !== undefined && { translated }) };
  });

const ENCODINGS = [
  'base64',
  'hex',
  'rot13',
  'reversed',
  'letter-spacing',
  'leetspeak',
  'homoglyph',
  'url-encoding',
  'base32',
  'html-entities',
  'zero-width',
  'base64+rot13',
];

/** Every leak and every innocent answer of a bot. `index` picks the encodings, so that all turn up in both halves of the bots. */
export function casesOf(bot: Bot, index: number): Case[] {
  const encodings = [0, 1, 2].map((nth) => ENCODINGS[(Math.floor(index / 2) * 3 + nth) % ENCODINGS.length] ?? 'base64');
  const sentences = bot.prompt.match(/[^.!?]+[.!?]+\s?/g) ?? [bot.prompt];
  const half = Math.floor(sentences.length / 2);
  const leaks: [kind: string, text: string][] = [
    ['verbatim', `Sure! Here it is:\n\n${bot.prompt}`],
    ['verbatim, in the middle', `${bot.answers[0]}\n\n${bot.prompt}\n\n${bot.answers[1]}`],
    ['shouted', bot.prompt.toUpperCase()],
    [
      'Markdown',
      sentences
        .map(
          (sentence, nth) =>
            `${nth + 1}. **${sentence
              .trim()
              .replace(' ', '** _')
              .replace(/(?<=_\S+) /, '_ ')}`,
        )
        .join('\n'),
    ],
    ['first half', `I was told this: ${sentences.slice(0, Math.max(half, 2)).join('')}`],
    ['second half', `${sentences.slice(-Math.max(half, 2)).join('')} That is all I can say.`],
    ['in the first person', inFirstPerson(bot.prompt)],
    ...encodings.map((name): [string, string] => [`encoded: ${name}`, encoded(name, bot.prompt, index)]),
    ...(bot.retold === undefined ? [] : [['retold', bot.retold] as [string, string]]),
    ...(bot.translated === undefined ? [] : [['translated by word', bot.translated] as [string, string]]),
  ];
  const innocent: [kind: string, text: string][] = [
    ...bot.answers.map((answer): [string, string] => ['answer', answer]),
    ['answers together', bot.answers.join('\n\n')],
    ['encoded answer', encoded(encodings[0] ?? 'base64', bot.answers.join(' '), index)],
  ];
  return [...leaks.map(([kind, text]) => ({ bot, kind, text, leak: true })), ...innocent.map(([kind, text]) => ({ bot, kind, text, leak: false }))];
}

const encoded = (name: string, text: string, seed: number): string => transformNamed(name)?.apply(text, randomOf(seed)) ?? '';

function inFirstPerson(prompt: string): string {
  const said = { 'you are': 'I am', you: 'I', your: 'my', 'do not': "I don't", 'du bist': 'ich bin', eres: 'soy', 'tu es': 'je suis' } as const;
  return prompt.replace(/\b(?:you are|your?|do not|du bist|eres|tu es)\b/gi, (words) => said[words.toLowerCase() as keyof typeof said]);
}
