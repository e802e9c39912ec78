import type { ErrorData } from '@portcullis/core';
import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';

/** The verdict on a call that nothing could look at. What is no call is blocked however the policy fails. */
export function unchecked({ call }: ToolCallRequest, reason: ErrorData, fail: 'closed' | 'open', latencyMs: number): ToolVerdict {
  const open = fail === 'open' && reason.code !== 'tool-call-invalid';
  return {
    decision: open ? 'allow' : 'block',
    score: null,
    reason: `${open ? 'Called unchecked' : 'Not called'}: the guard could not check this call (${reason.message}).`,
    json: typeof call === 'string' ? call : '',
    tool: { path: '', span: [0, 0], provenance: 'new', score: null, words: [] },
    arguments: [],
    findings: [],
    degraded: { reason, coverage: 0 },
    backend: 'none',
    bundle: 'none',
    latencyMs,
  };
}
