import type { Backend } from '@portcullis/core';
import { chooseBackends, withLost } from '../shared/backend.ts';
import type { Engine } from '../shared/engine.ts';
import { isDecided, type Measured } from '../shared/measured.ts';
import type { StartOptions } from '../shared/protocol.ts';
import { measurements } from './measurements.ts';
import type { Device } from './platform.ts';
import { type SpareTime, spareTime } from './spare-time.ts';
import type { ArtifactStore } from './store.ts';

/** Which backends a start tries, and what is learnt of it. */
export interface Choice {
  /** Best first. */
  readonly candidates: readonly Backend[];
  /** Keeps who failed, and tells by what was measured who ran; or in which time to measure, where that can decide something. */
  settle(engine: Engine, ran: Backend, lost: readonly Backend[]): Promise<{ readonly measured?: Measured; readonly spare?: SpareTime }>;
}

/**
 * Chooses by what was measured, where that can decide something.
 * @param shelf the store that measurements are kept in.
 */
export async function chooseMeasured({ bundle, backend }: StartOptions, device: Device, shelf: ArtifactStore): Promise<Choice> {
  const kept = measurements(shelf, bundle, [navigator.userAgent, device.adapter, device.isolated ? 'threads' : 'one thread']);
  const known = await kept.read();
  return {
    candidates: chooseBackends(device, backend, known),
    async settle(engine, ran, lost) {
      const measured = withLost(known, lost, ran);
      if (lost.length > 0) await kept.keep(measured);
      if (isDecided(measured)) return { measured };
      // What cannot be kept would be measured on every visit. And only WebGPU has a rival to be measured here.
      if (!shelf.persistent || ran !== 'webgpu') return {};
      return {
        spare: spareTime(async (signal) => {
          const { measureBackends } = await import('./measure-backends.ts');
          const found = await measureBackends(engine, bundle, signal);
          if (found) await kept.keep(found);
        }),
      };
    },
  };
}
