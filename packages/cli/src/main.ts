import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { PortcullisError, ROLES } from '@portcullis/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { attribute } from './attribute.ts';
import { evaluate } from './evaluate.ts';
import { evasion } from './evasion.ts';
import { MODES, scanFile } from './scan.ts';
import { verifierInputs } from './verifier-inputs.ts';

const DEFAULT_BUNDLE = fileURLToPath(new URL('../../../models/bundle', import.meta.url));

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be a whole number above 0');
  return value;
}

const program = new Command('portcullis')
  .description('The Portcullis engine on files: same models, rules and verdicts as in the browser.')
  .showHelpAfterError();

program
  .command('scan')
  .description('scan rows of prompts, outputs, tool calls or conversations (JSONL, gzip by .gz or by content) and write a verdict a line, in order')
  .requiredOption(
    '--input <file>',
    'rows {"id", "text", …}; with "spans", or with no "lang" and a category that prompts have not, they are outputs; with "tool_call", tool calls; with "turns", conversations',
  )
  .requiredOption('--output <file>', 'where the verdicts go; gzipped if it ends in .gz')
  .option('--bundle <folder>', 'model bundle', DEFAULT_BUNDLE)
  .option('--policy <json>', 'policy as JSON', '{}')
  .addOption(new Option('--mode <mode>', 'mode of the policy, instead of its own; production if neither says').choices(MODES))
  .addOption(new Option('--role <role>', 'who speaks in every row, whatever its fields say').choices(ROLES))
  .option('--embeddings', 'with the embedding of each window of a text')
  .option('--threads <n>', 'threads of the runtime', positive, availableParallelism())
  .action(scanFile);

program
  .command('eval')
  .description(
    'measure detection: prompts at the one global threshold, outputs by what is found in them, tool calls by the words that are marked, conversations by the turn that is held',
  )
  .requiredOption('--data <folder>', 'folder of sets of prompts, outputs, tool calls or conversations, NAME.jsonl.gz each')
  .option('--card <file>', 'model card to write the figures into, between its markers')
  .option('--bundle <folder>', 'model bundle', DEFAULT_BUNDLE)
  .option('--only <names...>', 'only these sets')
  .option('--rules', 'the rules alone, without the models')
  .option('--ablation', 'of tool calls: once more without the context, and without the tool’s name; of conversations: without the trajectory model')
  .option('--threads <n>', 'threads of the runtime', positive, availableParallelism())
  .action(evaluate);

program
  .command('evasion')
  .description('measure what the evasion transforms let slip, and what they cost on benign rows')
  .requiredOption('--data <folder>', 'folder of prompt sets, NAME.jsonl.gz each')
  .option('--rows <n>', 'attacks that are blocked untransformed, and benign rows', positive, 500)
  .option('--seed <n>', 'seed of the sample and of the transforms', positive, 1)
  .option('--card <file>', 'document to write the table into, between its markers')
  .option('--bundle <folder>', 'model bundle', DEFAULT_BUNDLE)
  .option('--only <names...>', 'only these transforms, or compositions: first+second')
  .option('--threads <n>', 'threads of the runtime', positive, availableParallelism())
  .option('--jobs <n>', 'processes that share the transforms, and the threads', positive, availableParallelism())
  .option('--json', 'figures as lines of JSON, each as soon as it is known')
  .option('--figures <files...>', 'such lines of earlier runs with the same sample: what they hold is not measured again')
  .action(evasion);

program
  .command('attribute')
  .description('measure the marked words: in how many attacks, put as a sentence into a benign text, they overlap it')
  .requiredOption('--data <folder>', 'folder of prompt sets, NAME.jsonl.gz each, to compose the texts from')
  .option('--rows <n>', 'composed texts that are not allowed', positive, 100)
  .option('--seed <n>', 'seed of the composition', positive, 1)
  .option('--bundle <folder>', 'model bundle', DEFAULT_BUNDLE)
  .option('--threads <n>', 'threads of the runtime', positive, availableParallelism())
  .action(attribute);

program
  .command('verifier-inputs')
  .description('write what the tool-call verifier reads of each row of tool calls: its training reads this')
  .requiredOption('--input <file>', 'rows {"id", "user_intent", "tool_schema"?, "context"?, "tool_call": {"name", "arguments"}}')
  .requiredOption('--output <file>', 'where the inputs go, a line a row')
  .action(verifierInputs);

await program.parseAsync().catch((error: unknown) => {
  const known = error instanceof PortcullisError;
  process.stderr.write(`portcullis: ${known ? `${error.message} (${error.code})` : error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
// The runtime's threads would keep the process alive.
process.exit();
