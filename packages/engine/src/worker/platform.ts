import type { Platform } from '../shared/backend.ts';

/** Asks the browser what it has. Pure detection: decides nothing. */
export async function detectPlatform(): Promise<Platform> {
  return { webgpu: await detectWebGpu(), isolated: globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function' };
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
