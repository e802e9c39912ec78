import * as ort from 'onnxruntime-web';
import type { Bundle } from '../../shared/bundle.ts';
import { type Ort, type Runtime, runtimeOn, type Session } from '../../shared/runtime.ts';

const HEADS = ['classifier', 'trees', 'anomaly'] as const;
export type Part = 'encoder' | (typeof HEADS)[number];
type Outputs = Readonly<Record<string, Float32Array>>;

/** The real runtime, with its outputs open to harm. */
export interface FaultyRuntime {
  readonly runtime: Runtime;
  /** What becomes of a part's outputs; may throw. Parts without a fault give what they computed. */
  faults: Partial<Record<Part, (outputs: Outputs) => Outputs>>;
}

/** Loads each graph once, however many engines start on it. */
export function faultyRuntime(bundle: Bundle): FaultyRuntime {
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = 1;
  const real = runtimeOn(ort as Ort, 'wasm');
  const sessions = new Map<Uint8Array, Promise<Session>>();
  const partOf = (graph: Uint8Array): Part => {
    const { heads } = bundle.manifest;
    return HEADS.find((head) => bundle.files.get(heads[head].graph) === graph) ?? 'encoder';
  };
  const faulty: FaultyRuntime = {
    faults: {},
    runtime: {
      ...real,
      async load(graph, weights, on) {
        const session = sessions.get(graph) ?? real.load(graph, weights, on);
        sessions.set(graph, session);
        const { run } = await session;
        return {
          async run(inputs) {
            const outputs = await run(inputs);
            return faulty.faults[partOf(graph)]?.(outputs) ?? outputs;
          },
        };
      },
    },
  };
  return faulty;
}
