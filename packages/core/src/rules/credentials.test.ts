import { describe, expect, it } from 'vitest';
import { entropyOf, isCredential, isJwt, isPassword, isToken } from './credentials.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('credentials', () => {
  it('entropy is in bits a character', () => {
    expect(entropyOf('')).toBe(0);
    expect(entropyOf('aaaa')).toBe(0);
    expect(entropyOf('abab')).toBe(1);
    expect(entropyOf('0123456789abcdef')).toBe(4);
  });

  it.each([
    ['hV3kQ9zXw72LmB4tYc8RsJ1dNf6PaGe05UoT', true],
    ['3f9ac0d7e1b24568', true],
    ['xxxxxxxxxxxxxxxxxxxx', false],
    ['abcdefghijklmnopqrstuvwxyz0123456789', false],
    ['AKIAIOSFODNN7EXAMPLE', false],
    ['0000000000000000000000a1', false],
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
