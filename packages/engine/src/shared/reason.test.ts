import type { Degraded, Finding } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { reasonFor } from './reason.ts';

const rule: Finding = { rule: 'pi-test-001', title: 'Asks for the rules', severity: 'high', span: [0, 1], excerpt: 'x', owasp: [], atlas: [] };
const signal: Finding = { signal: 'classifier', title: 'Reads like an attack', score: 0.9, span: [0, 1] };
const degraded: Degraded = { reason: { code: 'inference-failed', message: 'the device is lost' }, missing: ['classifier', 'anomaly'], coverage: 0 };

describe('reasonFor', () => {
  it.each([
    ['allow', [], 'Nothing suspicious found.'],
    ['allow', [signal], 'Nothing suspicious found.'],
    ['warn', [], 'Looks suspicious.'],
    ['warn', [signal], 'Looks suspicious: reads like an attack.'],
    ['block', [], 'Held back.'],
    ['block', [signal, rule], 'Held back: asks for the rules.'],
  ] as const)('for %s with %j says what was decided and for what', (decision, findings, expected) => {
    expect(reasonFor(decision, findings)).toBe(expected);
  });

  it.each([
    ['allow', [], 'Let through unchecked: the device is lost.'],
    ['allow', [signal], 'Let through unchecked: the device is lost.'],
    ['warn', [signal], 'Looks suspicious: reads like an attack; not fully checked: the device is lost.'],
    ['warn', [], 'Held back: the device is lost.'],
    ['block', [], 'Held back: the device is lost.'],
    ['block', [rule], 'Held back: asks for the rules; not fully checked: the device is lost.'],
  ] as const)('for %s with %j on an incomplete view says that it is one', (decision, findings, expected) => {
    expect(reasonFor(decision, findings, degraded)).toBe(expected);
  });
});
