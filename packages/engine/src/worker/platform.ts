import type { Platform } from '../shared/backend.ts';
import type { BackendChoice } from '../shared/protocol.ts';

/** A GPU process that has lost a device, or has a long queue, may not answer for minutes; a sound one does in less than a second. */
const GPU_ANSWER_MS = 10_000;

/** A platform, and whose it is. */
export interface Device extends Platform {
  /** The GPU in the browser's own words. */
  readonly adapter: string;
}

const NONE = { webgpu: 'none', adapter: '' } as const;

/**
 * Asks the browser what it has, as far as `choice` can make use of it. Pure detection: decides nothing.
 * The GPU is left alone where WASM is asked for, which is the case after its device was lost; where it is forced, there is nothing else to wait for.
 */
export async function detectPlatform(choice: BackendChoice): Promise<Device> {
  const isolated = globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
  if (choice === 'wasm') return { ...NONE, isolated };
  if (choice === 'webgpu') return { ...(await detectWebGpu()), isolated };
  const slow = new Promise<typeof NONE>((resolve) => setTimeout(resolve, GPU_ANSWER_MS, NONE));
  return { ...(await Promise.race([detectWebGpu(), slow])), isolated };
}

async function detectWebGpu(): Promise<Omit<Device, 'isolated'>> {
  if (!('gpu' in navigator)) return NONE;
  try {
    const found = await navigator.gpu.requestAdapter();
    if (found === null) return NONE;
    const { isFallbackAdapter, vendor, architecture, device, description } = found.info;
    const software = isFallbackAdapter === true || /swiftshader|llvmpipe|software/i.test(`${architecture} ${description}`);
    return { webgpu: software ? 'software' : 'hardware', adapter: [vendor, architecture, device, description].join(' ') };
  } catch {
    return NONE;
  }
}
