import { PortcullisError } from '@portcullis/core';
import { describe, expect, it, vi } from 'vitest';
import { createLine, type Line, type LinePort } from './line.ts';

type Listener = (data: unknown) => void;

/** A line whose other end the test holds. */
function stage(wake = vi.fn(async () => {})): {
  line: Line;
  wake: typeof wake;
  /** What went over the ports, one after the other. */
  posted: unknown[];
  say: (data: unknown) => void;
  cut: () => void;
  connected: () => number;
} {
  const posted: unknown[] = [];
  let heard: Listener[] = [];
  let told: Listener[] = [];
  let ports = 0;
  const event = (listeners: Listener[]) => ({ addListener: (listener: Listener) => listeners.push(listener) });
  const line = createLine({
    wake,
    connect() {
      [heard, told] = [[], []];
      ports += 1;
      return { postMessage: (data: unknown) => posted.push(data), onMessage: event(heard), onDisconnect: event(told) } as unknown as LinePort;
    },
  });
  return {
    line,
    wake,
    posted,
    say: (data) => heard.forEach((listener) => void listener(data)),
    cut: () => told.forEach((listener) => void listener(undefined)),
    connected: () => ports,
  };
}

const read = { type: 'read', id: '1', text: 'a' } as const;
const answer = { ok: false, error: { code: 'closed', message: '' } };
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a line', () => {
  it('wakes the engine, connects once, and gives each question its answer', async () => {
    const { line, wake, posted, say, connected } = stage();
    void line.open();
    const [first, second] = [line.send(read), line.send({ ...read, id: '2' })];
    await turn();
    say({ id: '3', answer });
    say('nothing that it knows');
    say({ id: '2', answer });
    await expect(second).resolves.toEqual(answer);
    say({ id: '1', answer });
    await expect(first).resolves.toEqual(answer);
    expect([wake.mock.calls.length, connected(), posted]).toEqual([1, 1, [read, { ...read, id: '2' }]]);
  });

  it('sends at once where it is open', async () => {
    const { line, posted } = stage();
    await line.open();
    void line.send(read);
    expect(posted).toEqual([read]);
  });

  it('fails what it broke over, and is opened anew by the next question', async () => {
    const { line, cut, say, connected, wake } = stage();
    const asked = line.send(read);
    await turn();
    cut();
    await expect(asked).rejects.toMatchObject({ code: 'worker-crashed' });
    const again = line.send(read);
    await turn();
    say({ id: '1', answer });
    await expect(again).resolves.toEqual(answer);
    expect([connected(), wake.mock.calls.length]).toEqual([2, 2]);
  });

  it('fails where nobody can be woken, and tries again with the next question', async () => {
    const { line, connected } = stage(vi.fn(async () => {}).mockRejectedValueOnce(new PortcullisError('closed', 'reload')));
    await expect(line.send(read)).rejects.toMatchObject({ code: 'closed' });
    expect(connected()).toBe(0);
    await line.open();
    expect(connected()).toBe(1);
  });

  it('never asks what was ended before it was open', async () => {
    const { line, posted } = stage();
    void line.send(read);
    await line.send({ type: 'abort', id: '1' });
    await turn();
    expect(posted).toEqual([]);
  });
});
