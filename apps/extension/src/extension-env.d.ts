/// <reference types="vite/client" />

/** Path of the model bundle under the extension's own, set at build. */
declare const __BUNDLE_PATH__: string;
