import { isCredential, isJwt, isPassword, isToken } from './credentials.ts';

/** Tests of a match that a regular expression cannot make. */
export const CHECKS = ['luhn', 'mod97', 'token', 'credential', 'password', 'jwt'] as const;
export type Check = (typeof CHECKS)[number];

const TESTS: Readonly<Record<Check, (matched: string) => boolean>> = {
  luhn: (number) => passesLuhn(number.replace(/\D/g, '')),
  mod97: (account) => passesMod97(account.replace(/[^0-9a-z]/gi, '')),
  token: isToken,
  credential: isCredential,
  password: isPassword,
  jwt: isJwt,
};

/** True if a match passes the check; punctuation and blanks in a number do not count. */
export function passes(check: Check, matched: string): boolean {
  return TESTS[check](matched);
}

/** The checksum of payment cards (ISO/IEC 7812-1): every second digit from the right counts double, digits summed, a multiple of ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 === 0 ? digit : Math.floor((2 * digit) / 10) + ((2 * digit) % 10);
  }
  return digits !== '' && sum % 10 === 0 && /[1-9]/.test(digits);
}

/** The checksum of an IBAN (ISO 13616, ISO/IEC 7064): first four characters to the end, letters as 10 … 35, the remainder by 97 is 1. */
function passesMod97(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
