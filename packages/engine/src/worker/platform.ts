import type { Platform } from '../shared/backend.ts';
import type { BackendChoice } from '../shared/protocol.ts';

/** A GPU process that has lost a device, or has a long queue, may not answer for minutes; a sound one does in less than a second. */
const GPU_ANSWER_MS = 10_000;

/**
 * Asks the browser what it has, as far as `choice` can make use of it. Pure detection: decides nothing.
 * The GPU is left alone where WASM is asked for, which is the case after its device was lost; where it is forced, there is nothing else to wait for.
 */
export async function detectPlatform(choice: BackendChoice): Promise<Platform> {
  const isolated = globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
  if (choice === 'wasm') return { webgpu: 'none', isolated };
  if (choice === 'webgpu') return { webgpu: await detectWebGpu(), isolated };
  const slow = new Promise<'none'>((resolve) => setTimeout(resolve, GPU_ANSWER_MS, 'none'));
  return { webgpu: await Promise.race([detectWebGpu(), slow]), isolated };
}

async function detectWebGpu(): Promise<Platform['webgpu']> {
  if (!('gpu' in navigator)) return 'none';
  try {
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter === null) return 'none';
    const { isFallbackAdapter, architecture, description } = adapter.info;
    const software = isFallbackAdapter === true || /swiftshader|llvmpipe|software/i.test(`${architecture} ${description}`);
    return software ? 'software' : 'hardware';
  } catch {
    return 'none';
  }
}
