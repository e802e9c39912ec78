import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CALL_LENGTH, parseCall } from './parse-call.ts';

const told = (call: string) => {
  const parsed = parseCall(call);
  return parsed.arguments.map(({ path, text, spanOf }) => [path, text, call.slice(...spanOf(0, text.length))]);
};

describe('parseCall', () => {
  it('gives every value its path and its place', () => {
    expect(told('{"arguments": {"to": ["a@b.c", "d@e.f"], "cc": {"if": true, "n": -1.5e3}, "x": null}, "name": "send"}')).toEqual([
      ['to[0]', 'a@b.c', 'a@b.c'],
      ['to[1]', 'd@e.f', 'd@e.f'],
      ['cc.if', 'true', 'true'],
      ['cc.n', '-1.5e3', '-1.5e3'],
      ['x', 'null', 'null'],
    ]);
  });

  it('finds places behind escapes', () => {
    expect(told(String.raw`{"name":"say","arguments":{"b":"a\n\u00e9\"x\\"}}`)).toEqual([['b', 'a\né"x\\', String.raw`a\n\u00e9\"x\\`]]);
    const call = String.raw`{"name":"say","arguments":{"b":"1\n2\u0033\ud83d\ude004"}}`;
    const [value] = parseCall(call).arguments;
    expect(call.slice(...(value?.spanOf(2, 3) ?? []))).toBe('2');
    expect(call.slice(...(value?.spanOf(3, 4) ?? []))).toBe(String.raw`\u0033`);
    expect(call.slice(...(value?.spanOf(4, 6) ?? []))).toBe(String.raw`\ud83d\ude00`);
    expect(call.slice(...(value?.spanOf(6, 7) ?? []))).toBe('4');
  });

  it('reads arguments that are JSON in a string, with places in the outer text', () => {
    const call = JSON.stringify({ name: 'mail', arguments: JSON.stringify({ to: 'eve@x.y', body: 'say "hi"\n' }) });
    const [to, body] = parseCall(call).arguments;
    expect(call.slice(...(to?.spanOf(0, 3) ?? []))).toBe('eve');
    expect(call.slice(...(body?.spanOf(5, 7) ?? []))).toBe('hi');
  });

  it('tells keys that two readers take differently', () => {
    const call = '{"name":"pay","arguments":{"to":"a","to":"b","deep":[{"__proto__":{"admin":true}}]},"name":"pay"}';
    expect(parseCall(call).problems.map(({ kind, path, span }) => [kind, path, call.slice(...span)])).toEqual([
      ['duplicate-key', 'to', '"to"'],
      ['prototype-key', 'deep[0].__proto__', '"__proto__"'],
      ['duplicate-key', 'name', '"name"'],
    ]);
    expect(parseCall({ name: 'pay', arguments: JSON.parse('{"__proto__":1}') }).problems).toHaveLength(1);
  });

  it('writes keys that would read otherwise in brackets', () => {
    expect(told('{"name":"f","arguments":{"a.b":{"c d":1,"":2}}}').map(([path]) => path)).toEqual(['["a.b"]["c d"]', '["a.b"][""]']);
  });

  it.each([
    ['no JSON', '{"name":"f",', /no JSON/],
    ['no name', '{"arguments":{}}', /names no tool/],
    ['a name that is none', '{"name":7,"arguments":{}}', /names no tool/],
    ['arguments without names', '{"name":"f","arguments":"rm -rf"}', /no names/],
    ['arguments that are a number', '{"name":"f","arguments":7}', /no names/],
    ['JSON in a string that is none', '{"name":"f","arguments":"{\\"a\\":"}', /no JSON/],
    ['much nesting', `{"name":"f","arguments":{"a":${'['.repeat(200)}${']'.repeat(200)}}}`, /deeper/],
    ['a giant', JSON.stringify({ name: 'f', arguments: { a: 'x'.repeat(MAX_CALL_LENGTH) } }), /limit/],
  ])('refuses %s', (_, call, message) => {
    expect(() => parseCall(call)).toThrow(expect.objectContaining({ code: 'tool-call-invalid', message: expect.stringMatching(message) }));
  });

  it('refuses objects that are no JSON', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    for (const given of [circular, { big: 1n }, deep]) {
      expect(() => parseCall({ name: 'f', arguments: given })).toThrow(expect.objectContaining({ code: 'tool-call-invalid' }));
    }
  });

  it('takes a call without arguments', () => {
    for (const given of ['{"name":"f"}', '{"name":"f","arguments":{}}', '{"name":"f","arguments":null}', '{"name":"f","arguments":""}']) {
      expect(parseCall(given).arguments).toEqual([]);
    }
  });

  it('finds every string of any arguments again', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 })), (given) => {
        for (const call of [
          { name: 'f', arguments: given },
          { name: 'f', arguments: JSON.stringify(given) },
        ]) {
          const { json, arguments: found } = parseCall(call);
          for (const { kind, text, spanOf } of found) {
            const written = json.slice(...spanOf(0, text.length));
            const once = kind === 'string' && typeof call.arguments === 'object' ? JSON.parse(`"${written}"`) : undefined;
            if (once !== undefined) expect(once).toBe(text);
            if (kind !== 'string') expect(written).toBe(text);
          }
        }
      }),
    );
  });
});
