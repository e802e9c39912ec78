import { expose } from 'comlink';
import type { EngineApi } from '../../shared/protocol.ts';

/** Stands in for the browser's `Worker`: real messages over a real channel, and an engine of the test's own at the other end. */
export class WorkerStandIn extends EventTarget {
  /** Those that were started, in order. */
  static readonly started: WorkerStandIn[] = [];
  /** What the next one exposes. */
  static api: EngineApi;

  terminated = false;
  private readonly channel = new MessageChannel();

  constructor() {
    super();
    WorkerStandIn.started.push(this);
    const { port1, port2 } = this.channel;
    expose(WorkerStandIn.api, port2);
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
}
