import { type StaticSite, serveFolders } from './static-site.ts';

// The package as it is built, on pages served as plain files, under a policy that allows no inline script and no eval.
export const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";
/** With them a page gets threads. */
export const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
export const PACKAGE = { '/portcullis/': 'dist/portcullis', '/models/portcullis/': 'models/bundle' };

/** The page of examples/plain, at `/plain/`. What breaks the policy is reported by a request. */
export function servePlain(isolated: boolean): Promise<StaticSite> {
  const headers = { 'Content-Security-Policy': `${CSP}; report-uri /broken-policy`, ...(isolated && ISOLATION) };
  return serveFolders({ '/plain/': 'examples/plain', ...PACKAGE }, headers);
}

/** What went out over the network that should not: reports of a broken policy, and whatever holds the attack. */
export function strayRequests({ requests }: StaticSite): string[] {
  const asked = requests.map((request) => decodeURIComponent(request));
  // Firefox asks for an icon that no page names, and reports that the policy forbids it.
  return asked.filter((request) => (!request.startsWith('GET ') && !request.includes('/favicon.ico"')) || request.includes('instructions'));
}
