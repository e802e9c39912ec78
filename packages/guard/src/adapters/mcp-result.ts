type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** What a tool's result says: its texts, the texts of embedded resources, names and titles of links, and structured content as JSON. */
export function mcpResultText(result: unknown): string {
  if (!isNode(result)) return typeof result === 'string' ? result : '';
  const { content, structuredContent, toolResult } = result;
  const parts = Array.isArray(content) ? content.filter(isNode) : [];
  const texts = parts
    .flatMap((part) => [part, ...(isNode(part['resource']) ? [part['resource']] : [])])
    .flatMap(({ text, title, name, description, uri }) => [text, title, name, description, uri]);
  // `toolResult` is what servers of before 2024-11 give.
  const structured = [structuredContent, toolResult].filter((value) => value !== undefined).map((value) => JSON.stringify(value));
  return [...texts, ...structured].filter((text) => typeof text === 'string').join('\n');
}
