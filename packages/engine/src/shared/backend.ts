import type { Backend } from '@portcullis/core';
import type { BackendChoice } from './protocol.ts';

/** What a device offers, as feature detection found it. */
export interface Platform {
  /** `software`: an adapter that computes on the CPU; correct, and slower than WASM. */
  readonly webgpu: 'none' | 'software' | 'hardware';
  /** Cross-origin isolated, hence with SharedArrayBuffer and threads. */
  readonly isolated: boolean;
}

/**
 * The backends to try at a start, best first. Forcing WebGPU leaves no other: a test or a user who forces wants to see it fail.
 * A software adapter never wins by itself.
 */
export function chooseBackends(platform: Platform, choice: BackendChoice): Backend[] {
  const wasm: Backend[] = platform.isolated ? ['wasm-threads', 'wasm'] : ['wasm'];
  if (choice === 'wasm') return wasm;
  if (choice === 'webgpu') return platform.webgpu === 'none' ? [] : ['webgpu'];
  return platform.webgpu === 'hardware' ? ['webgpu', ...wasm] : wasm;
}
