/// <reference types="vite/client" />
/// <reference types="vite-plugin-pwa/client" />

/** Path of the model bundle under the page's own, set at build. */
declare const __BUNDLE_PATH__: string;
