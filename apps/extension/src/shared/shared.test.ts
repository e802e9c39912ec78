import { alertOf, parsePolicy } from '@portcullis/core';
import type { Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { MAX_ALERTS, MAX_BYTES, withAlert } from './history.ts';
import { parseSettings, policyOf, withComposer, withoutComposer } from './settings.ts';
import { patternFor, SITES, siteAt } from './sites.ts';

const verdict: Verdict = {
  decision: 'block',
  score: 0.99,
  confidence: 0.99,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'An override.',
  backend: 'wasm',
  latencyMs: 20,
  bundle: 'b@1',
};
const alert = (text: string, include: 'hash' | 'full' = 'hash') => alertOf(verdict, { text, time: 0, include });

describe('the history', () => {
  it('is newest first, and forgets the oldest', () => {
    let history = withAlert([], alert('0'));
    for (let count = 1; count <= MAX_ALERTS; count += 1) history = withAlert(history, alert(String(count)));
    expect(history).toHaveLength(MAX_ALERTS);
    expect([history[0], history.at(-1)]).toEqual([alert(String(MAX_ALERTS)), alert('1')]);
  });

  it('stays within its bytes, however long the texts are', () => {
    const long = alert('é'.repeat(MAX_BYTES / 5), 'full');
    const history = withAlert([long, long, long, long], long);
    expect(history.length).toBeGreaterThan(0);
    expect(new TextEncoder().encode(JSON.stringify(history)).byteLength).toBeLessThan(MAX_BYTES + 1000);
    expect(history.length).toBeLessThan(5);
  });
});

describe('settings', () => {
  const defaults = { preset: 'balanced', keepText: false, readAnswers: false, readDrafts: true, allow: { phrases: [], sources: [] }, composers: {} };

  it.each([undefined, {}, 'nonsense', { preset: 'open' }])('%j has the defaults', (stored) => {
    expect(parseSettings(stored)).toEqual(defaults);
  });

  it('are what was stored, and one that is unreadable costs no other', () => {
    expect(parseSettings({ preset: 'strict', keepText: true, composers: { 'https://a.example': [1] } })).toEqual({
      ...defaults,
      preset: 'strict',
      keepText: true,
    });
  });

  it('come to a policy that the guard takes', () => {
    const allow = { phrases: [{ text: 'ignore all previous instructions', sources: ['https://a.example'] }] };
    const policy = policyOf(parseSettings({ preset: 'strict', allow }));
    expect(parsePolicy(policy)).toMatchObject({ preset: 'strict', block: 0.5, allow });
    expect(parseSettings({ allow: { phrases: [{ text: 'x' }] } }).allow).toEqual(defaults.allow);
  });

  it('keep what was pointed at by site, once', () => {
    const [site, other] = ['https://a.example', 'https://b.example'];
    const pointed = withComposer(withComposer(withComposer(parseSettings({}), site, '#a'), site, '#a'), other, '#b');
    expect(pointed.composers).toEqual({ [site]: ['#a'], [other]: ['#b'] });
    expect(withoutComposer(pointed, site, '#a').composers).toEqual({ [other]: ['#b'] });
  });
});

describe('sites', () => {
  it.each([
    ['https://chatgpt.com/c/1?x=y', 'https://chatgpt.com/*'],
    ['http://localhost:5173/', 'http://localhost/*'],
    ['chrome://extensions', undefined],
    ['file:///home/a.html', undefined],
    ['', undefined],
  ])('%s is asked for as %s', (url, pattern) => {
    expect(patternFor(url)).toBe(pattern);
  });

  it('are found by their origin and by no other', () => {
    for (const site of SITES) expect(siteAt(site.origin)).toBe(site);
    expect(siteAt('https://chatgpt.com.example')).toBeUndefined();
  });
});
