import type { Verdict } from '@portcullis/core';
import type { ToolVerdict } from '@portcullis/core/tools';
import { expose } from 'comlink';
import type { EngineApi, EngineInfo, Outcome, SignOfLife } from '../../shared/protocol.ts';

/** Stands in for the browser's `Worker`: real messages over a real channel, and an engine of the test's own at the other end. */
export class WorkerStandIn extends EventTarget {
  /** Those that were started, in order. */
  static readonly started: WorkerStandIn[] = [];
  /** What they expose, by their place in that order. */
  static apiOf: (index: number) => EngineApi;

  terminated = false;
  private readonly channel = new MessageChannel();

  constructor() {
    super();
    const index = WorkerStandIn.started.push(this) - 1;
    const { port1, port2 } = this.channel;
    expose(WorkerStandIn.apiOf(index), port2);
    port1.onmessage = ({ data, ports }) => this.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.channel.port1.close();
  }

  /** An error that nothing in the worker caught, as a page is told of it. */
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  /** What the worker posts between two batches. */
  showLife(sign: SignOfLife): void {
    this.dispatchEvent(new MessageEvent('message', { data: sign }));
  }
}

// The page's side takes the page's `Worker` when it is loaded: import this first.
Object.assign(globalThis, { Worker: WorkerStandIn });

export const INFO: EngineInfo = {
  backend: 'wasm',
  bundle: 'b@1',
  downloadedBytes: 7,
  persistent: true,
  thresholds: { block: 0.6, warn: 0.5 },
  loadMs: 3,
};
export const VERDICT: Verdict = {
  decision: 'allow',
  score: 0.1,
  confidence: 0.9,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'Nothing suspicious found.',
  backend: 'wasm',
  latencyMs: 2,
  bundle: 'b@1',
};

export const TOOL_VERDICT: ToolVerdict = {
  decision: 'allow',
  score: 0.1,
  reason: 'send does what you asked for.',
  json: '{"name":"send","arguments":{}}',
  tool: { path: '', span: [9, 13], provenance: 'user', score: 0.1, words: [] },
  arguments: [],
  findings: [],
  backend: 'wasm',
  bundle: 'b@1',
  latencyMs: 2,
};

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const never = new Promise<never>(() => {});

/** An engine with which all goes well, but for what is given. */
export function apiWith(api: Partial<EngineApi>): EngineApi {
  return {
    start: async () => ok(INFO),
    scan: async () => ok(VERDICT),
    scanTurn: async (_id, { number }) => ok({ verdict: { ...VERDICT, conversation: { turn: number, turns: 1, peak: 0.1, accumulated: 0.1, risk: 0.1 } } }),
    prepareTurns: async () => ok(null),
    attribution: async () => ok({ marks: [{ span: [0, 5], weight: 1, by: 'models' }], readings: 2 }),
    checkToolCall: async () => ok(TOOL_VERDICT),
    abort: () => {},
    embed: async () => ok([new Float32Array([0.6, 0.8])]),
    measure: async () => ok({ 64: 3, 256: 9 }),
    ...api,
  };
}
