import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compileRules, matchRules } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { readPack } from './read-pack.ts';

const file = 'output-secrets.yaml';
const rules = compileRules([readPack(readFileSync(new URL(`../packs/${file}`, import.meta.url), 'utf8'), file)]);
const found = (text: string): string[] =>
  matchRules(rules, text, undefined, 'assistant', Number.POSITIVE_INFINITY).flatMap(({ severity, excerpt }) => (severity === 'high' ? [excerpt] : []));

const HEX = '0123456789abcdef';
const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS = `${CAPITALS}${CAPITALS.toLowerCase()}`;
const BASE62 = `${LETTERS}${DIGITS}`;
const BASE64 = `${BASE62}+/`;
const BASE64URL = `${BASE62}-_`;
const drawn = (alphabet: string, length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Keys as their issuers make them. */
const FORMS: Readonly<Record<string, () => string>> = {
  'AWS access key': () => `AKIA${drawn(`${CAPITALS}234567`, 16)}`,
  'Bedrock, long-term': () => `ABSK${base64(`BedrockAPIKey-${drawn(HEX, 4)}-at-${drawn(DIGITS, 12)}:${base64(drawn(BASE62, 24 + randomInt(40)))}`)}`,
  'Bedrock, any content': () => `ABSK${drawn(BASE64, 109 + randomInt(160))}`,
  'Bedrock, short-term': () =>
    `bedrock-api-key-${base64(`bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential=AKIA${drawn(CAPITALS, 16)}&X-Amz-Signature=${drawn(HEX, 64)}`)}`,
  Google: () => `AIza${drawn(BASE64URL, 34)}${drawn(BASE62, 1)}`,
  Anthropic: () => `sk-ant-api03-${drawn(BASE64URL, 93)}AA`,
  'Anthropic, of an administrator': () => `sk-ant-admin01-${drawn(BASE64URL, 93)}AA`,
  'OpenAI, of a project': () => `sk-proj-${drawn(BASE64URL, 73)}T3BlbkFJ${drawn(BASE64URL, 74)}`,
  'Slack, of a bot': () => `xoxb-${drawn(DIGITS, 12)}-${drawn(DIGITS, 13)}-${drawn(BASE62, 24)}`,
  'Slack, of a user': () => `xoxp-${drawn(DIGITS, 11)}-${drawn(DIGITS, 11)}-${drawn(DIGITS, 12)}-${drawn(HEX, 32)}`,
  'Slack, of an app’s configuration': () => `xoxe.xoxp-1-${drawn(`${CAPITALS}${DIGITS}`, 166)}`,
  'Slack, of a workspace': () => `xoxa-2-${drawn(DIGITS, 12)}-${drawn(DIGITS, 12)}-${drawn(HEX, 32)}`,
  Fly: () => `fm2_${drawn(BASE64, 300)}`,
  'Fly, older': () => `fo1_${drawn(BASE64URL, 42)}${drawn(BASE62, 1)}`,
  GitHub: () => `ghp_${drawn(BASE62, 36)}`,
  GitLab: () => `glpat-${drawn(BASE64URL, 19)}${drawn(BASE62, 1)}`,
  Databricks: () => `dapi${drawn(HEX, 32)}`,
  DigitalOcean: () => `dop_v1_${drawn(HEX, 64)}`,
  Shopify: () => `shpat_${drawn(HEX, 32)}`,
  'Hugging Face': () => `hf_${drawn(LETTERS, 34)}`,
  Stripe: () => `sk_live_${drawn(BASE62, 24)}`,
};
const PLACES: readonly ((key: string) => string)[] = [
  (key) => `The key is ${key}.`,
  (key) => `export API_KEY=${key}\nrun`,
  (key) => `{"key": "${key}"}`,
  (key) => `key: '${key}' # of the bot`,
  (key) => `curl -H "Authorization: Bearer ${key}" https://api.example`,
  (key) => `https://api.example/v1?key=${key}&page=2`,
  (key) => `\`${key}\``,
];

describe('a random key is found, wherever it stands', () => {
  it.each(Object.entries(FORMS))('%s', (_name, key) => {
    const missed = Array.from({ length: 1000 }, (_, index) => {
      const one = key();
      const text = PLACES[index % PLACES.length]?.(one) ?? one;
      return found(text).some((excerpt) => excerpt.includes(one)) ? undefined : text;
    }).filter((text) => text !== undefined);
    // A few of them are enough to tell.
    expect(missed.slice(0, 3)).toEqual([]);
  });
});

describe('what was typed in its place is not', () => {
  it.each([
    ['letters and digits in order, one between the other', (length: number) => 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0'.repeat(3).slice(0, length)],
    ['the alphabet', (length: number) => 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(3).slice(0, length)],
    ['rows of the keyboard', (length: number) => 'qwertyuiopasdfghjklzxcvbnm1234567890'.repeat(3).slice(0, length)],
    ['one piece again and again', (length: number) => 'Zx81'.repeat(40).slice(0, length)],
    ['crosses', (length: number) => 'x'.repeat(length)],
    ['a word for it', (length: number) => `_your_key_${'q7Rk2ZtB9xWm4LpV8nYc3HdF5sJg6KbTeuPaG0vNi1XoQyDl'.repeat(3)}`.slice(0, length)],
  ])('%s', (_name, typed) => {
    const tokens = [`ghp_${typed(36)}`, `AIza${typed(35)}`, `glpat-${typed(20)}`, `sk-proj-${typed(48)}`, `sk_live_${typed(24)}`];
    for (const token of tokens) expect(found(`key = "${token}"`)).toEqual([]);
  });
});
