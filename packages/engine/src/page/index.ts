export type { BackendChoice, EngineInfo, LoadProgress } from '../shared/protocol.ts';
export { abortable } from './abortable.ts';
export { connectEngine, type EngineClient } from './client.ts';
