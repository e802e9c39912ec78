// A worker's memory, as Chromium's own tools tell it.

/** Runs in the worker before its script. `Runtime.queryObjects` would find them without, and crashes Chromium's workers. */
const KEEP_MEMORIES = `
  globalThis.memories = [];
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(...args) {
      super(...args);
      globalThis.memories.push(this);
    }
  };`;

/** Waits for the worker of a page that is not open yet: the first whose URL holds `part`. `measure()` collects its garbage first; figures in bytes. */
export async function watchWorker(page, part) {
  const session = await page.context().newCDPSession(page);
  const waiting = new Map();
  const heard = new Set();
  let worker;
  let last = 0;
  const post = (sessionId, method, params = {}) => {
    last += 1;
    return session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: last, method, params }) });
  };
  const send = (method, params) =>
    new Promise((resolve, reject) => {
      if (worker === undefined) throw new Error('the worker has not started');
      waiting.set(last + 1, { resolve, reject });
      post(worker, method, params).catch(reject);
    });
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    if (sessionId !== worker) return;
    const { id, result, error, method, params } = JSON.parse(message);
    if (method === 'Inspector.targetCrashed') for (const { reject } of waiting.values()) reject(new Error('the worker crashed'));
    for (const hear of id === undefined ? heard : []) hear(method, params);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker' && targetInfo.url.includes(part)) {
      worker ??= sessionId;
      void post(sessionId, 'Runtime.evaluate', { expression: KEEP_MEMORIES });
    }
    void post(sessionId, 'Runtime.runIfWaitingForDebugger');
  });
  // Not flattened: Playwright's sessions speak to their own target only.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
  return {
    async measure() {
      // The second pass takes what the first one's finalizers let go.
      for (let pass = 0; pass < 2; pass += 1) await send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize } = await send('Runtime.getHeapUsage');
      const expression = 'memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)';
      const { result } = await send('Runtime.evaluate', { expression, returnByValue: true });
      return { heap: usedSize, buffers: backingStorageSize, wasm: result.value };
    },
    /** The heap as the developer tools would save it. */
    async snapshot() {
      const chunks = [];
      const hear = (method, params) => method === 'HeapProfiler.addHeapSnapshotChunk' && chunks.push(params.chunk);
      heard.add(hear);
      await send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      heard.delete(hear);
      return chunks.join('');
    },
  };
}
