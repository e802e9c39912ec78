import type { Backend } from '@portcullis/guard';

const BACKENDS: Record<Backend, string> = { webgpu: 'WebGPU', 'wasm-threads': 'WASM, threads', wasm: 'WASM' };

/** A backend's name for people; `none` when nothing could run. */
export function backendName(backend: Backend | 'none'): string {
  return backend === 'none' ? 'none' : BACKENDS[backend];
}

/** Milliseconds, whole from ten: `4.2 ms`, `61 ms`, `1.4 s`. */
export function duration(ms: number): string {
  // The unit is chosen for the figure as shown: 999.6 is no `1000 ms`, 9.96 no `10.0 ms`.
  if (ms >= 999.5) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** Bytes as megabytes: `22.5 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A score or a threshold in [0, 1] with two decimals; a dash where there is none. Both are cut: a score that reaches its threshold never reads as
 * less, and none is rounded up over one.
 */
export function score(value: number | null): string {
  if (value === null) return '–';
  return (Math.floor(value * 100 + 1e-9) / 100).toFixed(2);
}
