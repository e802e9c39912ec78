import type { Decision, Verdict } from '@portcullis/core';
import { type McpServer, type McpTool, type Shadowing, shadowedTools, type ToolName, textsOf } from '@portcullis/core/mcp';
import type { Guard } from './guard.ts';

/** A text in what is said of a tool that the guard does not let pass. */
export interface PoisonedText {
  /** `description`, `inputSchema.properties.to.description`. */
  readonly path: string;
  readonly text: string;
  /** Its spans point into `text`. */
  readonly verdict: Verdict;
}

/** What the guard says of one tool. */
export interface ToolCheck extends ToolName {
  /** The gravest of what was found: a look-alike name blocks, what else is shadowing warns. */
  readonly decision: Decision;
  readonly poisoned: readonly PoisonedText[];
  readonly shadows: readonly Shadowing[];
}

/** What the guard says of servers' tools. Plain data. */
export interface ToolsReport {
  /** The gravest of all tools. */
  readonly decision: Decision;
  /** Every tool, in the order given. */
  readonly tools: readonly ToolCheck[];
}

const GRAVITY: Readonly<Record<Decision, number>> = { allow: 0, warn: 1, block: 2 };
const gravest = (decisions: readonly Decision[]): Decision => decisions.reduce((worst, one) => (GRAVITY[one] > GRAVITY[worst] ? one : worst), 'allow');

/** `Guard.checkTools`. */
export async function checkTools(guard: Pick<Guard, 'scan'>, servers: readonly McpServer[], signal?: AbortSignal): Promise<ToolsReport> {
  const shadows = shadowedTools(servers);
  const checkTool = async (server: string, tool: McpTool): Promise<ToolCheck> => {
    const context = { role: 'tool', source: `mcp:${server}/${tool.name}`, ...(signal && { signal }) } as const;
    const read = await Promise.all(textsOf(tool).map(async ({ path, text }) => ({ path, text, verdict: await guard.scan(text, context) })));
    const poisoned = read.filter(({ verdict }) => verdict.decision !== 'allow');
    const own = shadows.filter((shadow) => shadow.server === server && shadow.tool === tool.name);
    const decision = gravest([...poisoned.map(({ verdict }) => verdict.decision), ...own.map(({ kind }) => (kind === 'look-alike' ? 'block' : 'warn'))]);
    return { server, tool: tool.name, decision, poisoned, shadows: own };
  };
  const tools = await Promise.all(servers.flatMap(({ name, tools: given }) => given.map((tool) => checkTool(name, tool))));
  return { decision: gravest(tools.map(({ decision }) => decision)), tools };
}
