/**
 * Ends the worker when the GPU device that the sessions run on is lost, whether or not a run notices: runs on a lost device hang,
 * fail or give zeros. The page sees an uncaught error and starts another worker.
 */
export async function watchDevice(): Promise<void> {
  const { env } = await import('onnxruntime-web/webgpu');
  const device = (await env.webgpu.device) as GPUDevice;
  void device.lost.then(({ message }) => reportError(new Error(`the GPU device was lost: ${message}`)));
}
