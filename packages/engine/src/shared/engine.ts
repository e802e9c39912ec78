import {
  type Attribution,
  checkHiddenContext,
  compileRules,
  type InForce,
  type Languages,
  languagesFrom,
  lazily,
  normalise,
  type Policy,
  PortcullisError,
  policyFor,
  type Screened,
  screen,
  type TextContext,
  type Thresholds,
  thresholdsOf,
  type Verdict,
} from '@portcullis/core';
import type { TextReading } from '@portcullis/core/conversation';
import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';
import { promptPacks } from '@portcullis/rules/prompts';
import { type Bundle, fileOf, jsonOf } from './bundle.ts';
import { loadEncoder } from './encoder.ts';
import { Aborted, judge, type Models } from './judge.ts';
import { bundleName } from './manifest.ts';
import type { Runtime } from './runtime.ts';
import type { TurnRequest, TurnScan } from './scan-turn.ts';
import { loadChunker } from './signals/chunks.ts';
import { SIGNALS } from './signals/index.ts';
import type { Voter } from './signals/signal.ts';
import { type Ruled, spared, verdictOf } from './verdict-of.ts';
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
  /** The bundle's, of turns that are read as one text. */
  readonly cumulative: Thresholds;
  /**
   * Scans one text. A failure of the models gives a `degraded` verdict.
   * @throws {PortcullisError} `input-invalid` for a bad hidden context: see `checkHiddenContext`.
   */
  scan(text: string, context?: ScanContext): Promise<Verdict>;
  /**
   * Scans a user's turn by itself and in its conversation; what it takes is loaded unless it is there. What fails shows in the verdict.
   */
  scanTurn(request: TurnRequest, context?: Pick<ScanContext, 'policy' | 'checkpoint'>): Promise<TurnScan>;
  /** Loads what turns take besides texts, the trajectory model if the bundle has one: the first turns need not wait then, nor find the network gone. */
  prepareTurns(): Promise<void>;
  /**
   * Which words of a text make its verdict; none where the policy leaves such texts out.
   * @throws {PortcullisError} `inference-failed`, and what `scan` throws.
   */
  attribution(text: string, context?: ScanContext): Promise<Attribution>;
  /** Checks one call of a tool; the verifier is loaded with the first. What can't be read or judged gives a verdict that says so. */
  checkToolCall(request: ToolCallRequest, context?: CheckContext): Promise<ToolVerdict>;
  /** The embeddings of a text's windows. `checkpoint` as in a scan. */
  embed(text: string, checkpoint?: () => Promise<void>): Promise<Float32Array[]>;
}

const RULES = compileRules(promptPacks);
/** One word is strange, so that what strange words are held against is ready. */
const WARM_UP = 'wram up';

/** Loads every graph of the bundle on a runtime and warms it up. */
export async function startEngine(starting: Runtime | Promise<Runtime>, bundle: Bundle, policy: Policy): Promise<Engine> {
  const { manifest } = bundle;
  const { more } = bundle;
  const words = new WordPieces(jsonOf(bundle, manifest.encoder.tokenizer), jsonOf(bundle, manifest.encoder.tokenizerConfig));
  const windower = new Windower(manifest.encoder, words);
  // What the first text pays for, beside the models, is paid while the runtime starts.
  const dictionaries = manifest.dictionaries === undefined ? '' : new TextDecoder().decode(fileOf(bundle, manifest.dictionaries));
  const languages = languagesFrom(dictionaries, words.vocabulary);
  await readingsOf(WARM_UP, policy, { role: 'user' }, languages);
  const runtime = await starting;
  const encoder = await loadEncoder(runtime, bundle);
  const voters: Voter[] = [];
  for (const load of SIGNALS) voters.push(await load(runtime, bundle));
  const models: Models = { languages, windower, encoder, chunker: loadChunker(bundle), voters, fusion: manifest.fusion };
  const verifier = lazily(async () => (await import('./verifier.ts')).loadVerifier(runtime, { manifest, more }));
  const trajectory = lazily(async () => (await import('./trajectory.ts')).loadTrajectory(runtime, { manifest, more }));
  const cumulative = manifest.trajectory?.cumulative ?? manifest.thresholds;
  const base = { backend: runtime.backend, bundle: bundleName(manifest) };
  const engine: Engine = {
    thresholds: thresholdsOf(policy, manifest.thresholds),
    cumulative,
    scan: async (text, { policy: given = policy, ...context } = {}) => {
      const started = performance.now();
      const { ruled } = await scan(models, text, given, manifest.thresholds, context);
      return { ...ruled, ...base, latencyMs: performance.now() - started };
    },
    scanTurn: async (request, { policy: given = policy, checkpoint } = {}) => {
      const started = performance.now();
      const { scanTurn } = await import('./scan-turn.ts');
      const from = { role: 'user', ...(request.source !== undefined && { source: request.source }) } as const;
      const read = (text: string, under: Policy, once = false) =>
        scan(models, text, under, manifest.thresholds, { ...from, once, ...(checkpoint && { checkpoint }) });
      const isPlain = async (text: string, under: Policy): Promise<boolean> => {
        const { screened } = await readingsOf(text, under, from, languages);
        return screened?.findings.length === 0 && screened.variants.length === 1;
      };
      const parts = {
        read,
        isPlain,
        ...(manifest.trajectory && { trajectory: { minTurns: manifest.trajectory.minTurns, load: trajectory } }),
        thresholds: manifest.thresholds,
        cumulative,
        bundle: base.bundle,
      };
      const { ruled, reading } = await scanTurn(parts, request, given, checkpoint);
      return { verdict: { ...ruled, ...base, latencyMs: performance.now() - started }, ...(reading && { reading }) };
    },
    prepareTurns: async () => {
      await import('./scan-turn.ts');
      if (manifest.trajectory) await trajectory();
    },
    attribution: async (text, { policy: given = policy, checkpoint, ...from } = {}) => {
      const { inForce, screened } = await readingsOf(text, given, from, languages);
      if (screened === undefined) return { marks: [], readings: 0 };
      const { attribute } = await import('./attribution.ts');
      const { block } = thresholdsOf(inForce.policy, manifest.thresholds);
      return attribute(models, screened, { maxTokens: given.maxTokens, maxReadings: given.variants.maxVariants, block, checkpoint });
    },
    checkToolCall: async (request, { policy: given = policy, checkpoint, explain = true } = {}) => {
      const started = performance.now();
      const { checkToolCall } = await import('./check-tool-call.ts');
      const scanContext = (text: string): Promise<Verdict> => engine.scan(text, { policy: given, role: 'tool', ...(checkpoint && { checkpoint }) });
      const ruled = await checkToolCall({ verifier, scanContext, explain }, request, given, checkpoint);
      return { ...ruled, ...base, latencyMs: performance.now() - started };
    },
    embed: (text, checkpoint) => encoder.embed(windower.windows(normalise(text)), { checkpoint }),
  };
  await warmUp(engine);
  return engine;
}

/** The first runs compile pipelines and grow memory; they also prove that the backend computes at all. */
async function warmUp(engine: Engine): Promise<void> {
  const verdict = await engine.scan(WARM_UP, { role: 'user' });
  if (verdict.degraded) throw new PortcullisError('backend-unavailable', `the first run failed: ${verdict.degraded.reason.message}`);
}

/** What one text came to; no reading where the models did not read it. */
export interface Scanned {
  readonly ruled: Ruled;
  readonly reading?: TextReading;
}

/** Policy, readings and rules, models, ruling: one text's way. */
async function scan(
  models: Models,
  text: string,
  policy: Policy,
  bundle: Thresholds,
  { checkpoint, once, ...from }: ScanContext & { readonly once?: boolean },
): Promise<Scanned> {
  const deadline = performance.now() + (policy.maxMillis ?? Number.POSITIVE_INFINITY);
  const { inForce, screened } = await readingsOf(text, policy, from, models.languages);
  if (screened === undefined) return { ruled: spared(inForce, bundle) };
  try {
    const judged = await judge(models, screened.variants, screened.findings, {
      maxTokens: policy.maxTokens,
      maxReadings: policy.variants.maxVariants,
      ...(!once && { block: thresholdsOf(inForce.policy, bundle).block }),
      deadline,
      checkpoint,
    });
    return { ruled: verdictOf(screened, judged, inForce, bundle), reading: judged.reading };
  } catch (failure) {
    if (failure instanceof Aborted) throw failure;
    return { ruled: verdictOf(screened, { failure }, inForce, bundle) };
  }
}

/** A text's readings and what the rules find in them; neither where the policy leaves such texts out. */
async function readingsOf(
  text: string,
  policy: Policy,
  from: TextContext,
  languages: Languages,
): Promise<{ readonly inForce: InForce; readonly screened?: Screened }> {
  checkHiddenContext(from);
  const origin = { role: 'user', ...from } as const;
  const inForce = policyFor(policy, origin);
  if (inForce.off !== undefined) return { inForce };
  const known = { ...origin, now: Date.now() };
  const answer = origin.role === 'assistant';
  return {
    inForce,
    screened: answer ? (await import('./answers.ts')).screenAnswer(text, inForce, known, languages) : screen(RULES, text, inForce, known, { languages }),
  };
}
