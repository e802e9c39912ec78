export type { Measured, RunTimes } from '../shared/measured.ts';
export type { BackendChoice, EngineInfo, LoadProgress } from '../shared/protocol.ts';
export type { TurnRequest, TurnScan } from '../shared/scan-turn.ts';
export { abortable } from './abortable.ts';
export type { EngineState } from './engine-keeper.ts';
export { acquireEngine } from './shared-engine.ts';
export { isVouchedFor, vouchFor, vouchLike } from './vouch.ts';
