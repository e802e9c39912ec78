import { type Measured, readMeasured } from '../shared/measured.ts';
import type { ArtifactStore } from './store.ts';

/** What was measured on this device, kept between visits. */
export interface Measurements {
  read(): Promise<Measured>;
  keep(measured: Measured): Promise<void>;
}

/**
 * Of one bundle on one device, until its browser is another: a new version, a new adapter or other headers may change who wins.
 * @param device what tells them apart.
 */
export function measurements(store: ArtifactStore, bundle: string, device: readonly string[]): Measurements {
  const key = `measured:${[bundle, ...device].join(' ')}`;
  return {
    async read() {
      const bytes = await store.get(key);
      if (bytes !== undefined) await store.use([key]);
      return readMeasured(bytes);
    },
    async keep(measured) {
      await store.use([key]);
      await store.set(key, new TextEncoder().encode(JSON.stringify(measured)));
    },
  };
}
