import {
  checkHiddenContext,
  compileRules,
  normalise,
  type Policy,
  PortcullisError,
  policyFor,
  screen,
  type TextContext,
  type Thresholds,
  thresholdsOf,
  type Verdict,
} from '@portcullis/core';
import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';
import { promptPacks } from '@portcullis/rules/prompts';
import { type Bundle, jsonOf } from './bundle.ts';
import { loadEncoder } from './encoder.ts';
import { Aborted, judge, type Models } from './judge.ts';
import { bundleName } from './manifest.ts';
import type { Runtime } from './runtime.ts';
import { SIGNALS } from './signals/index.ts';
import type { Voter } from './signals/signal.ts';
import { type Ruled, spared, verdictOf } from './verdict-of.ts';
import type { Verifier } from './verifier.ts';
import { Windower } from './windows.ts';
import { WordPieces } from './word-pieces.ts';

/** Where a text comes from, `user` if nobody says, and what an answer is held against. */
export interface ScanContext extends TextContext {
  /** Rules instead of the engine's own. */
  readonly policy?: Policy;
  /** Called between batches; what it throws ends the scan. */
  readonly checkpoint?: () => Promise<void>;
}

/** What a check of a tool call goes by. */
export interface CheckContext extends Pick<ScanContext, 'policy' | 'checkpoint'> {
  /** Whether a call that is held has its context scanned, to show where the order came from; true if left out. */
  readonly explain?: boolean;
}

/** A started engine: the same in a browser's worker and in Node. Scans must not overlap. */
export interface Engine {
  /** The policy's, where no role or source sets others. */
  readonly thresholds: Thresholds;
  /**
   * Scans one text. A failure of the models gives a `degraded` verdict.
   * @throws {PortcullisError} `input-invalid` for a bad hidden context: see `checkHiddenContext`.
   */
  scan(text: string, context?: ScanContext): Promise<Verdict>;
  /** Checks one call of a tool; the verifier is loaded with the first. What can't be read or judged gives a verdict that says so. */
  checkToolCall(request: ToolCallRequest, context?: CheckContext): Promise<ToolVerdict>;
  /** The embeddings of a text's windows. `checkpoint` as in a scan. */
  embed(text: string, checkpoint?: () => Promise<void>): Promise<Float32Array[]>;
}

const RULES = compileRules(promptPacks);

/** Loads every graph of the bundle on a runtime and warms it up. */
export async function startEngine(runtime: Runtime, bundle: Bundle, policy: Policy): Promise<Engine> {
  const { manifest } = bundle;
  const { more } = bundle;
  const words = new WordPieces(jsonOf(bundle, manifest.encoder.tokenizer), jsonOf(bundle, manifest.encoder.tokenizerConfig));
  const windower = new Windower(manifest.encoder, words);
  const encoder = await loadEncoder(runtime, bundle);
  const voters: Voter[] = [];
  for (const load of SIGNALS) voters.push(await load(runtime, bundle));
  const models: Models = { windower, encoder, voters, fusion: manifest.fusion };
  let verifier: Promise<Verifier> | undefined;
  const theVerifier = (): Promise<Verifier> => {
    verifier ??= import('./verifier.ts')
      .then(({ loadVerifier }) => loadVerifier(runtime, { manifest, more }, words))
      .catch((error: unknown) => {
        verifier = undefined;
        throw error;
      });
    return verifier;
  };
  const base = { backend: runtime.backend, bundle: bundleName(manifest) };
  const engine: Engine = {
    thresholds: thresholdsOf(policy, manifest.thresholds),
    scan: async (text, { policy: given = policy, ...context } = {}) => {
      const started = performance.now();
      const ruled = await scan(models, text, given, manifest.thresholds, context);
      return { ...ruled, ...base, latencyMs: performance.now() - started };
    },
    checkToolCall: async (request, { policy: given = policy, checkpoint, explain = true } = {}) => {
      const started = performance.now();
      const { checkToolCall } = await import('./check-tool-call.ts');
      const scanContext = (text: string): Promise<Verdict> => engine.scan(text, { policy: given, role: 'tool', ...(checkpoint && { checkpoint }) });
      const ruled = await checkToolCall({ verifier: theVerifier, scanContext, explain }, request, given, checkpoint);
      return { ...ruled, ...base, latencyMs: performance.now() - started };
    },
    embed: (text, checkpoint) => encoder.embed(windower.windows(normalise(text)), checkpoint),
  };
  await warmUp(engine);
  return engine;
}

/** The first runs compile pipelines and grow memory; they also prove that the backend computes at all. */
async function warmUp(engine: Engine): Promise<void> {
  const verdict = await engine.scan('warm up', { role: 'user' });
  if (verdict.degraded) throw new PortcullisError('backend-unavailable', `the first run failed: ${verdict.degraded.reason.message}`);
}

/** Policy, readings and rules, models, ruling: one text's way. */
async function scan(models: Models, text: string, policy: Policy, bundle: Thresholds, { checkpoint, ...from }: ScanContext): Promise<Ruled> {
  checkHiddenContext(from);
  const origin = { role: 'user', ...from } as const;
  const inForce = policyFor(policy, origin);
  if (inForce.off !== undefined) return spared(inForce, bundle);
  const known = { ...origin, now: Date.now() };
  const screened = origin.role === 'assistant' ? (await import('./answers.ts')).screenAnswer(text, inForce, known) : screen(RULES, text, inForce, known);
  try {
    const judged = await judge(models, screened.variants, screened.findings, policy.maxTokens, checkpoint);
    return verdictOf(screened, judged, inForce, bundle);
  } catch (failure) {
    if (failure instanceof Aborted) throw failure;
    return verdictOf(screened, { failure }, inForce, bundle);
  }
}
