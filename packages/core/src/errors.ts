/** Codes of every error this project throws on purpose; they survive the worker boundary, class names do not. */
export const ERROR_CODES = [
  'bundle-invalid',
  'bundle-missing',
  'bundle-corrupt',
  'bundle-network',
  'head-mismatch',
  'backend-unavailable',
  'inference-failed',
  'worker-crashed',
  'policy-invalid',
  'rule-invalid',
  'input-invalid',
  'tool-call-invalid',
  'tool-denied',
  'answer-stopped',
  'text-blocked',
  'closed',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as plain data, as `postMessage` carries it. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The one error class: told apart by `code`, so that it is the same on the page, in the worker and in Node. */
export class PortcullisError extends Error {
  override readonly name = 'PortcullisError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Plain data for `postMessage`. */
  toData(): ErrorData {
    return { code: this.code, message: this.message };
  }
}

/** Turns anything thrown into error data; what is not ours gets the `fallback` code and keeps its message. */
export function errorData(thrown: unknown, fallback: ErrorCode): ErrorData {
  if (thrown instanceof PortcullisError) return thrown.toData();
  return { code: fallback, message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** Brings error data back to life on the other side. */
export function errorFrom(data: ErrorData): PortcullisError {
  return new PortcullisError(data.code, data.message);
}
