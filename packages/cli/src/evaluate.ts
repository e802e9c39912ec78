import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Finding, PortcullisError, parsePolicy } from '@portcullis/core';
import { startNodeEngine } from '@portcullis/engine/node';
import { writeCard } from './card.ts';
import { evaluateConversations } from './evaluate-conversations.ts';
import { evaluateTools, type ToolFlags } from './evaluate-tools.ts';
import type { Measured } from './metrics.ts';
import type { MeasuredOutput } from './output-metrics.ts';
import { outputReport } from './output-report.ts';
import { startProgress } from './progress.ts';
import {
  type LabelledCall,
  type LabelledConversation,
  type LabelledOutput,
  type LabelledRow,
  labelledSet,
  type PromptSet,
  promptSets,
  trainedOn,
} from './prompt-sets.ts';
import { report } from './report.ts';
import { rulesAlone } from './rules-alone.ts';
import { scored } from './scored.ts';
import { signalReport } from './signal-report.ts';

export interface EvaluateFlags extends ToolFlags {
  readonly data: string;
  readonly card?: string;
  readonly only?: readonly string[];
  /** Without the models: what the rules alone flag. */
  readonly rules?: boolean;
}

/** What is measured: a text's score, and whether it is held; of an answer, what is found in it. */
interface Judges {
  readonly prompt: (row: LabelledRow) => Promise<Pick<Measured, 'score' | 'blocked' | 'signals'>>;
  readonly output: (row: LabelledOutput) => Promise<{ readonly findings: readonly Finding[]; readonly blocked: boolean }>;
  readonly headline: string;
  /** The score from which a text is blocked; left out where no models run. */
  readonly threshold?: number;
}

/** Folder of a card's charts, beside it. */
const FIGURES = 'figures';
const OUTPUTS = 'Flagged is what a rule finds with medium severity or more; a span is found where a finding shares at least half of it.';

/** `portcullis eval`: prints the figures, and writes them into the model card when asked. What is measured of a row goes by its kind. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const judges = await (flags.rules ? rulesJudges() : engineJudges(flags));
  const prompts: Measured[] = [];
  const outputs: MeasuredOutput[] = [];
  const calls: LabelledCall[] = [];
  const conversations: LabelledConversation[] = [];
  for (const set of await promptSets(flags.data)) {
    if (flags.only && !flags.only.includes(set.name)) continue;
    const labelled = await labelledSet(set);
    calls.push(...labelled.calls);
    conversations.push(...labelled.conversations);
    prompts.push(...(await measure(set, labelled.prompts, async (one) => ({ set: one.set, label: one.label, ...(await judges.prompt(one)) }))));
    outputs.push(
      ...(await measure(set, labelled.outputs, async (one) => {
        const { label, spans, category = 'none' } = one;
        return { set: one.set, label, spans, category, ...(await judges.output(one)) };
      })),
    );
  }
  if (prompts.length + outputs.length + calls.length + conversations.length === 0) throw new PortcullisError('input-invalid', `${flags.data}: no rows found`);
  if (prompts.length > 0) await publishPrompts(prompts, judges, flags);
  if (outputs.length > 0)
    await publish(outputReport(outputs, `${flags.rules ? 'The rules alone, no model. ' : ''}${OUTPUTS}`), flags, flags.rules ? 'outputs-rules' : 'outputs');
  if (calls.length > 0) await publish(await evaluateTools(calls, flags), flags, 'tools');
  if (conversations.length > 0) await publish(await evaluateConversations(conversations, flags), flags, 'conversations');
}

async function publishPrompts(rows: readonly Measured[], { headline, threshold }: Judges, flags: EvaluateFlags): Promise<void> {
  const text = report(rows, headline, !flags.rules);
  const unseen = rows.filter(({ set }) => !trainedOn(set));
  const labels = new Set(unseen.map(({ label }) => label));
  if (threshold === undefined || labels.size < 2) return publish(text, flags, flags.rules ? 'rules' : 'eval');
  await publish([text, '', signalReport(unseen, threshold), ...(await drawn(unseen, flags))].join('\n'), flags, 'eval');
}

/** Draws the charts beside the card, where there is one: the lines that show them in it. */
async function drawn(rows: readonly Measured[], { card }: EvaluateFlags): Promise<string[]> {
  if (card === undefined) return [];
  const { charts } = await import('./charts.ts');
  await mkdir(join(dirname(card), FIGURES), { recursive: true });
  const lines = (await charts(rows)).map(async ({ name, alt, svg }) => {
    await writeFile(join(dirname(card), FIGURES, name), svg);
    return ['', `![${alt}](${FIGURES}/${name})`];
  });
  return (await Promise.all(lines)).flat();
}

async function publish(text: string, { card }: EvaluateFlags, section: string): Promise<void> {
  process.stdout.write(`${text}\n`);
  if (card) await writeCard(card, section, text);
}

async function engineJudges({ bundle, threads }: EvaluateFlags): Promise<Judges> {
  const engine = await startNodeEngine(bundle, parsePolicy(), threads);
  return {
    prompt: async (row) => {
      const { score, decision, signals } = await scored(engine, row);
      return { score, blocked: decision === 'block', signals };
    },
    output: async ({ text, systemPrompt }) => {
      const { findings, decision } = await engine.scan(text, { role: 'assistant', ...(systemPrompt !== undefined && { systemPrompt }) });
      return { findings, blocked: decision === 'block' };
    },
    threshold: engine.thresholds.block,
    headline: `Global threshold ${engine.thresholds.block.toFixed(4)}, chosen on held-out training rows.`,
  };
}

async function rulesJudges(): Promise<Judges> {
  const [ofUser, ofAssistant] = [rulesAlone('user'), rulesAlone('assistant')];
  return {
    prompt: async ({ text }) => {
      const { score, flagged } = ofUser(text);
      return { score, blocked: flagged };
    },
    output: async ({ text, systemPrompt }) => ofAssistant(text, systemPrompt),
    headline: 'The rules alone, no model: held is what has a finding of medium severity or more.',
  };
}

async function measure<Row, Result>({ name }: PromptSet, rows: readonly Row[], judge: (row: Row) => Promise<Result>): Promise<Result[]> {
  if (rows.length === 0) return [];
  const progress = startProgress(name, rows.length);
  const measured: Result[] = [];
  try {
    for (const row of rows) {
      measured.push(await judge(row));
      progress.advance();
    }
  } finally {
    progress.end();
  }
  return measured;
}
