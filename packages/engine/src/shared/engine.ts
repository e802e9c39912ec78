import {
  compileRules,
  type Degraded,
  decide,
  decideDegraded,
  errorData,
  type Finding,
  type Fusion,
  fuse,
  matchRules,
  normalise,
  type Policy,
  PortcullisError,
  patternSignal,
  type RuleFinding,
  SIGNAL_NAMES,
  type Signal,
  type Thresholds,
  thresholdsOf,
  uncertaintyOf,
  type Verdict,
} from '@portcullis/core';
import { defaultPacks } from '@portcullis/rules';
import { type Bundle, jsonOf } from './bundle.ts';
import { type Encoder, loadEncoder } from './encoder.ts';
import { bundleName } from './manifest.ts';
import { reasonFor } from './reason.ts';
import type { Runtime } from './runtime.ts';
import { SIGNALS } from './signals/index.ts';
import type { Voter } from './signals/signal.ts';
import { telling } from './telling.ts';
import { Windower, withinBudget } from './windows.ts';

/** A started engine: the same in a browser's worker and in Node. Scans must not overlap. */
export interface Engine {
  readonly thresholds: Thresholds;
  /**
   * Scans one text. A failure of the models gives a `degraded` verdict; `checkpoint` is called between batches and what it
   * throws ends the scan.
   */
  scan(text: string, checkpoint?: () => Promise<void>): Promise<Verdict>;
  /** The embeddings of a text's windows, for parity checks. */
  embed(text: string): Promise<Float32Array[]>;
}

/** What `checkpoint` throws to end a scan; it passes through, no verdict is made. */
export class Aborted extends Error {}

const RULES = compileRules(defaultPacks);

interface Models {
  readonly windower: Windower;
  readonly encoder: Encoder;
  readonly voters: readonly Voter[];
  readonly fusion: Fusion;
}

/** Loads every graph of the bundle on a runtime and warms it up. */
export async function startEngine(runtime: Runtime, bundle: Bundle, policy: Policy): Promise<Engine> {
  const { manifest } = bundle;
  const windower = new Windower(manifest.encoder, jsonOf(bundle, manifest.encoder.tokenizer), jsonOf(bundle, manifest.encoder.tokenizerConfig));
  const encoder = await loadEncoder(runtime, bundle);
  const voters: Voter[] = [];
  for (const load of SIGNALS) voters.push(await load(runtime, bundle));
  const models: Models = { windower, encoder, voters, fusion: manifest.fusion };
  const thresholds = thresholdsOf(policy, manifest.thresholds);
  const engine: Engine = {
    thresholds,
    scan: async (text, checkpoint) => {
      const started = performance.now();
      const judged = await judge(models, text, policy, thresholds, checkpoint);
      const missing = SIGNAL_NAMES.filter((name) => !judged.signals.some((signal) => signal.name === name));
      const base = { signals: judged.signals, backend: runtime.backend, bundle: bundleName(manifest) };
      return { ...verdictOf(judged, missing, policy, thresholds), ...base, latencyMs: performance.now() - started };
    },
    embed: (text) => encoder.embed(windower.windows(normalise(text))),
  };
  await warmUp(engine);
  return engine;
}

/** The first runs compile pipelines and grow memory; they also prove that the backend computes at all. */
async function warmUp(engine: Engine): Promise<void> {
  const verdict = await engine.scan('warm up');
  if (verdict.degraded) throw new PortcullisError('backend-unavailable', `the first run failed: ${verdict.degraded.reason.message}`);
}

interface Judged {
  readonly signals: readonly Signal[];
  readonly findings: readonly Finding[];
  /** `null` where the models could not score. */
  readonly score: number | null;
  readonly coverage: number;
  readonly failure?: unknown;
}

async function judge(models: Models, text: string, policy: Policy, thresholds: Thresholds, checkpoint?: () => Promise<void>): Promise<Judged> {
  const normalised = normalise(text);
  const ruleFindings: RuleFinding[] = matchRules(RULES, text, [{ ...normalised, provenance: ['normalised'] }]);
  try {
    const all = models.windower.windows(normalised);
    const windows = withinBudget(all, Math.ceil(policy.maxTokens / models.windower.step));
    const embeddings = await models.encoder.embed(windows, checkpoint);
    const scan = { normalised, ruleFindings, windows, embeddings };
    const votes = [];
    for (const vote of models.voters) votes.push(await vote(scan));
    const signals = votes.map((vote) => vote.signal);
    if (signals.some(({ score, raw }) => !Number.isFinite(score + raw))) throw new PortcullisError('inference-failed', 'a signal gave no number');
    const score = fuse(signals, models.fusion);
    const findings = telling(
      votes.flatMap((vote) => vote.findings),
      score,
      thresholds,
    );
    return { signals, findings, score, coverage: windows.length / all.length };
  } catch (failure) {
    if (failure instanceof Aborted) throw failure;
    return { signals: [patternSignal(ruleFindings)], findings: ruleFindings, score: null, coverage: 0, failure };
  }
}

type Ruling = Omit<Verdict, 'signals' | 'backend' | 'bundle' | 'latencyMs'>;

function verdictOf(judged: Judged, missing: Degraded['missing'], policy: Policy, thresholds: Thresholds): Ruling {
  const { signals, findings, score } = judged;
  const partial = decide(score ?? 0, findings, policy, thresholds);
  const degraded = degradedBy(judged, missing);
  // A finding that blocks by itself needs no complete view; everything else does.
  const decision = degraded === undefined || partial === 'block' ? partial : decideDegraded(partial, policy);
  const confidence = score === null ? 0 : score >= thresholds.block ? score : 1 - score;
  const reason = reasonFor(decision, findings, degraded);
  return { decision, score, confidence, uncertainty: score === null ? 1 : uncertaintyOf(signals), findings, reason, ...(degraded && { degraded }) };
}

function degradedBy({ failure, coverage }: Judged, missing: Degraded['missing']): Degraded | undefined {
  if (failure !== undefined) return { reason: errorData(failure, 'inference-failed'), missing, coverage };
  if (coverage === 1) return undefined;
  const share = Math.floor(coverage * 100);
  return { reason: { code: 'input-invalid', message: `the text is too long: the models saw ${share}% of it` }, missing, coverage };
}
