import * as v from 'valibot';

/** Tokens of the texts that are measured: a message, and a window that is full. */
export const MEASURED_TOKENS = [64, 256] as const;

const milliseconds = v.pipe(v.number(), v.finite(), v.gtValue(0));
const outcome = v.union([v.literal('lost'), v.object({ 64: milliseconds, 256: milliseconds })]);
const measuredSchema = v.object({ webgpu: v.exactOptional(outcome), wasm: v.exactOptional(outcome) });

/** How long one warm run takes, by the tokens of its text: the median in milliseconds. */
export type RunTimes = Readonly<Record<(typeof MEASURED_TOKENS)[number], number>>;

/** What the candidates of one device came to: their times, or `lost` for one that did not start. */
export interface Measured {
  readonly webgpu?: RunTimes | 'lost';
  readonly wasm?: RunTimes | 'lost';
}

/** What was stored as `Measured`; anything else counts as nothing measured. */
export function readMeasured(bytes: Uint8Array | undefined): Measured {
  try {
    return v.parse(measuredSchema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return {};
  }
}

/** True for candidates of which one is known to be the better. */
export const isDecided = ({ webgpu, wasm }: Measured): boolean => webgpu === 'lost' || wasm === 'lost' || (webgpu !== undefined && wasm !== undefined);
