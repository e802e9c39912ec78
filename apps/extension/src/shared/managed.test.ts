import { describe, expect, it } from 'vitest';
import { draftsRead, parseManaged, policyInForce } from './managed.ts';
import { parseSettings } from './settings.ts';

describe('what an organisation sets', () => {
  it('is nothing by default, and the person’s policy is in force', () => {
    expect(parseManaged({})).toEqual({});
    expect(policyInForce(parseSettings({ preset: 'quiet' }), {})).toMatchObject({ preset: 'quiet' });
  });

  it('takes the place of the person’s policy', () => {
    const managed = parseManaged({ policy: '{"preset":"strict"}' });
    const settings = parseSettings({ preset: 'quiet', allow: { phrases: [{ text: 'a phrase' }] } });
    expect(policyInForce(settings, managed)).toEqual({ preset: 'strict' });
  });

  it('says whether texts are read while they are written, else the person does', () => {
    const settings = parseSettings({ readDrafts: false });
    expect([{}, { readDrafts: true }].map((stored) => draftsRead(settings, parseManaged(stored)))).toEqual([false, true]);
    expect(draftsRead(parseSettings({}), parseManaged({ readDrafts: false }))).toBe(false);
  });

  it.each(['{', '{"preset":"none"}', '{"block":2}'])('closes the gate where the policy is %s', (policy) => {
    expect(() => parseManaged({ policy })).toThrowError(expect.objectContaining({ code: 'policy-invalid' }));
  });

  it('names a collector with consent only', () => {
    const alertsUrl = 'https://collector.example/v1/logs';
    expect(parseManaged({ alertsUrl })).toEqual({});
    expect(parseManaged({ alertsUrl, alertsConsent: false })).toEqual({});
    expect(parseManaged({ alertsUrl, alertsConsent: true })).toEqual({ collector: alertsUrl });
  });

  it.each(['http://collector.example/', 'http://localhost.example/', 'ftp://x/', 'nothing'])('takes no collector at %s', (alertsUrl) => {
    expect(() => parseManaged({ alertsUrl, alertsConsent: true })).toThrowError(expect.objectContaining({ code: 'policy-invalid' }));
  });

  it.each(['http://localhost:4318/v1/logs', 'http://127.0.0.1:4318/v1/logs'])('takes one on this machine: %s', (alertsUrl) => {
    expect(parseManaged({ alertsUrl, alertsConsent: true })).toEqual({ collector: alertsUrl });
  });
});
