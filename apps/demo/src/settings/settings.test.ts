import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { restarts, writeSettings } from './keep-settings.ts';
import { readOverrides, readSettings, type Settings, storeOr } from './settings.ts';
import { settingsFrom } from './settings-dialog.ts';

const refused = () =>
  storeOr(() => {
    throw new DOMException('site data is blocked', 'SecurityError');
  });
const defaults: Settings = { preset: 'balanced', judge: 'none', backend: 'auto', answers: 'redact', assistant: { kind: 'stand-in' } };
const connected: Settings = {
  preset: 'strict',
  judge: 'endpoint',
  backend: 'wasm',
  answers: 'stop',
  assistant: { kind: 'endpoint', url: 'http://localhost:1/v1', model: 'm', key: 'sk-1' },
};

let lasting = refused();
let session = refused();
beforeEach(() => {
  lasting = refused();
  session = refused();
});

describe('settings', () => {
  it('come back as they were written', () => {
    writeSettings(connected, lasting, session);
    expect(readSettings(lasting, session)).toEqual(connected);
  });

  it('keep the API key in the tab and nowhere else', () => {
    const written: string[] = [];
    writeSettings(connected, { ...lasting, setItem: (key, value) => void written.push(key, value) }, session);
    expect(written.join()).toContain('localhost');
    expect(written.join()).not.toContain('sk-1');
    writeSettings(connected, lasting, session);
    expect(readSettings(lasting, refused())).toEqual({ ...connected, assistant: { ...connected.assistant, key: '' } });
  });

  it.each<[string, Settings]>([
    ['the stand-in is chosen', defaults],
    ['the key is emptied', { ...connected, assistant: { kind: 'endpoint', url: 'u', model: 'm', key: '' } }],
  ])('forget the key when %s', (_, next) => {
    writeSettings(connected, lasting, session);
    writeSettings(next, lasting, session);
    // Back to an endpoint, from another tab: this tab's session is as `next` left it.
    writeSettings({ ...connected, assistant: { kind: 'endpoint', url: 'u', model: 'm', key: '' } }, lasting, refused());
    expect(readSettings(lasting, session).assistant).toMatchObject({ key: '' });
  });

  it.each(['', '{', 'null', '[]', '7', '{"backend":"quantum"}', '{"assistant":"oracle"}'])('fall to the defaults on %j', (stored) => {
    lasting.setItem('portcullis.settings', stored);
    expect(readSettings(lasting, session)).toEqual(defaults);
  });

  it('read an endpoint with parts missing, for the dialog to complete', () => {
    lasting.setItem('portcullis.settings', '{"assistant":"endpoint","url":7}');
    expect(readSettings(lasting, session).assistant).toEqual({ kind: 'endpoint', url: '', model: '', key: '' });
  });

  it('use the browser’s storage where there is one', () => {
    expect(storeOr(() => lasting)).toBe(lasting);
  });
});

describe('settingsFrom', () => {
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };

  it('asks no endpoint as a judge where there is none', () => {
    expect(settingsFrom(form({ judge: 'endpoint', assistant: 'stand-in' })).judge).toBe('none');
    expect(settingsFrom(form({ judge: 'browser', assistant: 'stand-in' })).judge).toBe('browser');
  });

  it('trims what was typed', () => {
    expect(
      settingsFrom(
        form({
          preset: 'strict',
          judge: 'endpoint',
          backend: 'wasm',
          answers: 'stop',
          assistant: 'endpoint',
          url: ' http://localhost:1/v1 ',
          model: ' m',
          key: 'sk-1 ',
        }),
      ),
    ).toEqual(connected);
  });

  it('takes no fields of an assistant that is not chosen', () => {
    expect(settingsFrom(form({ backend: 'auto', assistant: 'stand-in', url: 'http://elsewhere/', key: 'sk-1' }))).toEqual(defaults);
  });

  it('takes no backend that it does not know', () => {
    expect(settingsFrom(form({ backend: 'quantum' })).backend).toBe('auto');
  });
});

describe('readOverrides', () => {
  const base = 'https://example.org/guard/';
  const read = (search: string) => {
    const { bundle, ...rest } = readOverrides(search, base);
    return { ...rest, bundle: bundle.href };
  };
  // The build puts it in.
  beforeEach(() => void vi.stubGlobal('__BUNDLE_PATH__', 'models/abc/'));
  afterEach(() => void vi.unstubAllGlobals());

  it.each([
    ['', { bundle: 'https://example.org/guard/models/abc/' }],
    ['?backend=wasm', { backend: 'wasm', bundle: 'https://example.org/guard/models/abc/' }],
    ['?backend=quantum', { bundle: 'https://example.org/guard/models/abc/' }],
    ['?bundle=/nowhere/', { bundle: 'https://example.org/nowhere/' }],
    ['?bundle=other/', { bundle: 'https://example.org/guard/other/' }],
    ['?bundle=https://elsewhere.example/models/', { bundle: 'https://example.org/guard/models/abc/' }],
    ['?bundle=http://[', { bundle: 'https://example.org/guard/models/abc/' }],
  ])('reads %j', (search, expected) => {
    expect(read(search)).toEqual(expected);
  });
});

describe('a change', () => {
  it.each<[boolean, Partial<Settings>]>([
    [false, {}],
    [true, { preset: 'quiet' }],
    [true, { judge: 'browser' }],
    [true, { assistant: { kind: 'endpoint', url: 'http://localhost:2/v1', model: 'm', key: '' } }],
  ])('restarts the guard: %s', (expected, change) => {
    expect(restarts(connected, { ...connected, ...change })).toBe(expected);
  });

  it('of the assistant alone restarts nothing where it judges nothing', () => {
    expect(restarts(defaults, { ...connected, ...defaults, assistant: connected.assistant })).toBe(false);
  });
});
