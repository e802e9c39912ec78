/** Size and checksum of a file of onnxruntime. */
export interface RuntimeSum {
  readonly bytes: number;
  readonly sha256: string;
}

/** Of the release that package.json pins: a new one fails its test until its sums stand here (`sha256sum dist/NAME`). */
export const RUNTIME_SUMS = {
  'ort-wasm-simd-threaded.wasm': { bytes: 14_239_897, sha256: '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2' },
  'ort-wasm-simd-threaded.asyncify.wasm': { bytes: 26_781_914, sha256: '39f9f0894d478800487ed9f7dbe92618498db320cf55c8e3d89adff8dce658da' },
} as const satisfies Record<string, RuntimeSum>;
