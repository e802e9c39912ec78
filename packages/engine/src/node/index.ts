export { Aborted, type Engine } from '../shared/engine.ts';
export { type Manifest, parseManifest } from '../shared/manifest.ts';
export { startNodeEngine } from './start.ts';
