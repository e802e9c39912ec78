import { once } from 'node:events';
import { type Child, freePort, type Parts, startChild, untilUp } from './child.ts';
import { type Connection, TIMEOUTS } from './driven-browser.ts';

export const WEBKIT_DRIVER = process.env['WEBKIT_DRIVER_PATH'] ?? '/usr/bin/WebKitWebDriver';
export const XVFB = process.env['XVFB_PATH'] ?? '/usr/bin/Xvfb';

/** A display that nobody sees: WebKitGTK has no mode without a window. The server itself takes a number that is free, and says which. */
async function startDisplay(): Promise<Child & { readonly display: string }> {
  const child = startChild(XVFB, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {}, 'pipe');
  const numbers = child.process.stdio[3];
  if (!numbers) throw new Error('no pipe');
  const ended = once(child.process, 'exit').then(() => {
    throw new Error(`no display: ${child.said()}`);
  });
  const [number] = await Promise.race([once(numbers, 'data'), ended]);
  ended.catch(() => {});
  return { ...child, display: `:${String(number).trim()}` };
}

/** Starts WebKitGTK's small browser, which its driver finds by itself; what it stores is gone afterwards. */
export async function startWebKit(parts: Parts): Promise<Connection> {
  const { display } = parts.use(await startDisplay());
  const port = await freePort();
  // Without the last two, GTK would take a Wayland display that is there.
  const driver = parts.use(startChild(WEBKIT_DRIVER, [`--port=${port}`], { DISPLAY: display, GDK_BACKEND: 'x11', WAYLAND_DISPLAY: '' }));
  const request = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await untilUp(driver, () => request('GET', '/status'));
  const { sessionId } = (await request('POST', '/session', { capabilities: { alwaysMatch: { timeouts: TIMEOUTS } } })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  parts.defer(() => request('DELETE', session).catch(() => {}));
  return {
    navigate: (url) => request('POST', `${session}/url`, { url }),
    execute: (script, args) => request('POST', `${session}/execute/async`, { script, args }),
    click: (id) => request('POST', `${session}/element/${id}/click`, {}),
    sendKeys: (id, text) => request('POST', `${session}/element/${id}/value`, { text }),
  };
}
