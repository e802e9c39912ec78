export { type McpServer, type McpTool, type ToolPart, type ToolText, textsOf } from './mcp-tool.ts';
export { comparePins, type Pin, type PinChanges, type Pins, pinTools } from './pins.ts';
export { type Shadowing, shadowedTools, type ToolName } from './shadowing.ts';
