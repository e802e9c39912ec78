import { PortcullisError } from '../../errors.ts';
import { MAX_DEPTH } from '../json-leaves.ts';

/** What an MCP server says of one of its tools, as `tools/list` has it. */
export interface McpTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: unknown;
}

/** The tools of a server, under the name that the app knows it by. */
export interface McpServer {
  readonly name: string;
  readonly tools: readonly McpTool[];
}

/** What of a tool reaches a model or a person, besides its name. */
export const TOOL_PARTS = ['title', 'description', 'inputSchema', 'outputSchema', 'annotations'] as const;
export type ToolPart = (typeof TOOL_PARTS)[number];

/** A text in what is said of a tool. */
export interface ToolText {
  /** `description`, `inputSchema.properties.to.description`; that of a key is its own. */
  readonly path: string;
  readonly text: string;
}

/** Short ASCII without a blank gives no orders: types, formats, units. */
const SPEAKS = /\s|[^ -~]|^.{40}/su;

/**
 * All texts in a tool's title, description, schemas and annotations that can say something to a model: descriptions of parameters, and whatever
 * else holds words, as names, defaults, examples and keys of no meaning.
 * @throws {PortcullisError} `input-invalid` for a schema nested deeper than 100.
 */
export function textsOf(tool: McpTool): ToolText[] {
  const texts: ToolText[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw new PortcullisError('input-invalid', `the schema of the tool ${tool.name} is nested deeper than ${MAX_DEPTH}`);
    if (typeof value === 'string') {
      if (path === 'description' ? value !== '' : SPEAKS.test(value)) texts.push({ path, text: value });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const at = `${path}.${key}`;
        if (!Array.isArray(value) && SPEAKS.test(key)) texts.push({ path: at, text: key });
        walk(inner, at, depth + 1);
      }
    }
  };
  for (const part of TOOL_PARTS) walk(tool[part], part, 0);
  return texts;
}
