import type { Backend } from '@portcullis/core';
import type { Measured } from './measured.ts';
import type { BackendChoice } from './protocol.ts';

/** What a device offers, as feature detection found it. */
export interface Platform {
  /** `software`: an adapter that computes on the CPU; correct, and slower than WASM. */
  readonly webgpu: 'none' | 'software' | 'hardware';
  /** Cross-origin isolated, hence with SharedArrayBuffer and threads. */
  readonly isolated: boolean;
}

/** Whether there is a choice that measuring can decide. Threads are not measured against one thread: they win wherever there are any. */
export const isOpen = (platform: Platform, choice: BackendChoice): boolean => choice === 'auto' && platform.webgpu === 'hardware';

/**
 * The backends to try at a start, best first. Forcing WebGPU leaves no other: a test or a user who forces wants to see it fail.
 * A software adapter never wins by itself; a real one does until WASM was measured to be faster on this device.
 */
export function chooseBackends(platform: Platform, choice: BackendChoice, measured: Measured = {}): Backend[] {
  const wasm: Backend[] = platform.isolated ? ['wasm-threads', 'wasm'] : ['wasm'];
  if (isOpen(platform, choice)) return wasmWins(measured) ? [...wasm, 'webgpu'] : ['webgpu', ...wasm];
  if (choice === 'webgpu') return platform.webgpu === 'none' ? [] : ['webgpu'];
  return wasm;
}

/** What was measured, with those lost that failed at this start and left it to another. */
export function withLost(measured: Measured, lost: readonly Backend[], ran: Backend): Measured {
  const nameOf = (backend: Backend): keyof Measured => (backend === 'webgpu' ? 'webgpu' : 'wasm');
  const names = lost.map(nameOf).filter((name) => name !== nameOf(ran));
  return { ...measured, ...Object.fromEntries(names.map((name) => [name, 'lost'])) };
}

/** Whether WASM was measured to be the faster, each length of text counting alike, or is all that is left. */
function wasmWins({ webgpu, wasm }: Measured): boolean {
  if (webgpu === 'lost') return wasm !== 'lost';
  if (webgpu === undefined || wasm === undefined || wasm === 'lost') return false;
  return wasm[64] * wasm[256] < webgpu[64] * webgpu[256];
}
