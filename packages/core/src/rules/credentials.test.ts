import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { entropyOf, expectedEntropy, isCredential, isJwt, isPassword, isToken } from './credentials.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('credentials', () => {
  it('entropy is in bits a character', () => {
    expect(entropyOf('')).toBe(0);
    expect(entropyOf('aaaa')).toBe(0);
    expect(entropyOf('abab')).toBe(1);
    expect(entropyOf('0123456789abcdef')).toBe(4);
  });

  it('entropy is as expected of what is drawn by chance', () => {
    for (const [length, alphabet] of [
      [16, 16],
      [20, 36],
      [40, 62],
      [250, 62],
    ] as const) {
      const drawn = Array.from({ length: 2000 }, () => entropyOf(Array.from({ length }, () => String.fromCharCode(48 + randomInt(alphabet))).join('')));
      expect(drawn.reduce((sum, one) => sum + one, 0) / drawn.length).toBeCloseTo(expectedEntropy(length, alphabet), 1);
    }
  });

  it.each([
    ['hexadecimal digits', 'dapi', '0123456789abcdef', 32],
    ['more of them', 'dop_v1_', '0123456789abcdef', 64],
    ['few', 'key_', '0123456789abcdef', 16],
    ['Base32', 'AKIA', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16],
    ['capitals and digits', 'NRAK-', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 27],
    ['letters', 'hf_', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 34],
    ['Base64', 'AIza', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 35],
    ['much of it', 'sk-ant-api03-', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 95],
  ])('each of 1,000 tokens of %s is one', (_name, prefix, alphabet, length) => {
    const tokens = Array.from({ length: 1000 }, () => prefix + Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(''));
    expect(tokens.filter((token) => !isToken(token))).toEqual([]);
  });

  it.each([
    ['hV3kQ9zXw72LmB4tYc8RsJ1dNf6PaGe05UoT', true],
    ['3f9ac0d7e1b24568', true],
    ['xxxxxxxxxxxxxxxxxxxx', false],
    ['abcdefghijklmnopqrstuvwxyz0123456789', false],
    ['AKIAIOSFODNN7EXAMPLE', false],
    ['ghp_EXAMPLEq7Rk2ZtB9xWm4LpV8nYc3HdF5s', false],
    ['sk-proj-q7Rk2ZtB9xWm4LpV8nYcEXAMPLE3HdF5sJg6KbTeuPaG0v', true],
    ['0000000000000000000000a1', false],
    ['sk-a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6', false],
    ['sk-proj-abc123def456ghi789jkl012mno345pqr678', false],
    ['ghp_zyxwvutsrqponmlkjihgfedcba9876543210', false],
    ['dapideadbeefdeadbeefdeadbeefdeadbeef', false],
    ['sk-proj-replace-this-with-your-own-secret-key-42', false],
  ])('a token: %s', (text, expected) => {
    expect(isToken(text)).toBe(expected);
  });

  it.each([
    ['96oeqxu4ndwebp5p88awwc51oai2afle', true],
    ['harbour-lights-production-database-01', false],
    ['process.env.SESSION_SECRET_2024', false],
    ['your-api-key-goes-here-1234', false],
    ['20241105123000000', false],
  ])('a credential: %s', (text, expected) => {
    expect(isCredential(text)).toBe(expected);
  });

  it.each([
    ['hunter2hunter2', true],
    ['$PASSWORD', false],
    ['<password>', false],
    ['changeme', false],
    ['********', false],
    ['your-password', false],
    ['aaaaaaaa', false],
  ])('a password: %s', (text, expected) => {
    expect(isPassword(text)).toBe(expected);
  });

  it.each([
    [`${part({ alg: 'HS256' })}.${part({ sub: 'a' })}.sig`, true],
    [`${part({ typ: 'JWT' })}.${part({ sub: 'a' })}.sig`, false],
    [`${part({ alg: 'HS256' })}.${part('a')}.sig`, false],
    [`${part({ alg: 'HS256' })}x.${part({})}.sig`, false],
    ['', false],
  ])('a JSON Web Token: %s', (text, expected) => {
    expect(isJwt(text)).toBe(expected);
  });
});
