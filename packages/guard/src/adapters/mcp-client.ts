import { comparePins, type McpServer, type McpTool, type PinChanges, type Pins, pinTools } from '@portcullis/core/mcp';
import type { ToolsReport } from '../check-tools.ts';
import type { Guard } from '../guard.ts';
import { checkedCall, denialOf, textOf } from '../tools/checked-call.ts';
import type { GuardedToolOptions } from './guarded-tool.ts';
import { mcpResultText } from './mcp-result.ts';

/** A client of the MCP SDK, as far as it is used. */
export interface McpClient<Result> {
  listTools(params?: { cursor: string }): Promise<{ readonly tools: readonly McpTool[]; readonly nextCursor?: string | undefined }>;
  callTool(params: { name: string; arguments?: Record<string, unknown> }, resultSchema?: undefined, options?: { signal?: AbortSignal }): Promise<Result>;
}

export interface GuardMcpOptions extends GuardedToolOptions {
  /** The name that the app knows the server by. */
  readonly server: string;
  /** The tools as they were approved, from an earlier visit. Without them the first listing approves what the guard finds nothing in. */
  readonly pins?: Pins;
  /** Servers that this one must not shadow. */
  readonly others?: readonly McpServer[];
}

/** What a server offers, and what of it is kept back. */
export interface McpListing {
  /** Approved, and as they were approved. */
  readonly tools: readonly McpTool[];
  /** New, changed, or found fault with: neither shown to a model nor called, until `approve` names them. */
  readonly withheld: readonly McpTool[];
  readonly changes: PinChanges;
  readonly report: ToolsReport;
  /** What is approved. To be stored by the app. */
  readonly pins: Pins;
}

/** An error as a tool's result: the model is told, and nothing was called, or nothing of the result is given. */
export interface McpRefusal {
  readonly isError: true;
  readonly content: readonly [{ readonly type: 'text'; readonly text: string }];
}

export interface GuardedMcpClient<Result> {
  /** Lists the tools of all pages. @throws {PortcullisError} `input-invalid` for two different tools of one name. */
  listTools(): Promise<McpListing>;
  /** Approves tools of the last listing as they are in it, and gives all that is approved now. */
  approve(names: readonly string[]): Pins;
  /** Calls an approved tool, once the guard or the person allowed it. A result that the guard blocks is not given. */
  callTool(params: { name: string; arguments?: Record<string, unknown> }, options?: { readonly signal?: AbortSignal }): Promise<Result | McpRefusal>;
}

/** A client of an MCP server behind the guard; one for each conversation, for what it has read is the context of later calls. */
export function guardMcpClient<Result>(
  guard: Pick<Guard, 'checkToolCall' | 'checkTools' | 'scan'>,
  client: McpClient<Result>,
  { server, intent, context = '', confirm, pins: known, others = [] }: GuardMcpOptions,
): GuardedMcpClient<Result> {
  let pins = known;
  let listed: readonly McpTool[] | undefined;
  const read: string[] = [];

  const approvedOf = (tools: readonly McpTool[]): readonly McpTool[] => {
    const { new: fresh, changed } = comparePins(pins ?? [], tools);
    const withheld = new Set([...fresh, ...changed.map(({ name }) => name)]);
    return tools.filter(({ name }) => !withheld.has(name));
  };

  const listTools = async (): Promise<McpListing> => {
    const tools: McpTool[] = [];
    let page = await client.listTools();
    tools.push(...page.tools);
    while (page.nextCursor !== undefined) {
      page = await client.listTools({ cursor: page.nextCursor });
      tools.push(...page.tools);
    }
    // Of the others' tools the names only: what they say is read where they are listed.
    const names = others.map((other) => ({ name: other.name, tools: other.tools.map(({ name }) => ({ name })) }));
    const all = await guard.checkTools([...names, { name: server, tools }]);
    const report = { ...all, tools: all.tools.filter((check) => check.server === server) };
    const faultless = new Set(report.tools.filter(({ decision }) => decision === 'allow').map(({ tool }) => tool));
    pins ??= pinTools(tools.filter(({ name }) => faultless.has(name)));
    listed = tools;
    const approved = approvedOf(tools);
    return { tools: approved, withheld: tools.filter((tool) => !approved.includes(tool)), changes: comparePins(pins, tools), report, pins };
  };

  return {
    listTools,
    approve(names) {
      const chosen = (listed ?? []).filter(({ name }) => names.includes(name));
      pins = [...(pins ?? []).filter(({ name }) => !chosen.some((tool) => tool.name === name)), ...pinTools(chosen)];
      return pins;
    },
    async callTool({ name, arguments: given = {} }, { signal } = {}) {
      if (listed === undefined) await listTools();
      const tool = approvedOf(listed ?? []).find((one) => one.name === name);
      if (tool === undefined) return refusal(`Not called: ${name} is no approved tool of ${server}.`);
      const { description, inputSchema: parameters } = tool;
      const request = {
        intent: textOf(intent),
        call: { name, arguments: given },
        tool: { name, ...(description !== undefined && { description }), parameters },
        context: [textOf(context), ...read].join('\n\n').trim(),
      };
      const make = (checked: unknown) => client.callTool({ name, arguments: checked as Record<string, unknown> }, undefined, signal && { signal });
      const outcome = await checkedCall(guard, request, confirm, make, signal);
      if (!outcome.executed) return refusal(denialOf(outcome));
      const text = mcpResultText(outcome.value);
      const verdict = await guard.scan(text, { role: 'tool', source: `mcp:${server}/${name}`, ...(signal && { signal }) });
      if (verdict.decision === 'block') return refusal(`The result of ${name} was withheld. ${verdict.reason}`);
      read.push(text);
      return outcome.value;
    },
  };
}

const refusal = (text: string): McpRefusal => ({ isError: true, content: [{ type: 'text', text }] });
