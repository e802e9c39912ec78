export type { Engine, ScanContext } from '../shared/engine.ts';
export { Aborted } from '../shared/judge.ts';
export { type Manifest, parseManifest } from '../shared/manifest.ts';
export type { TurnScan } from '../shared/scan-turn.ts';
export { startNodeEngine } from './start.ts';
