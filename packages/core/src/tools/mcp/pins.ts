import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { PortcullisError } from '../../errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { type McpTool, TOOL_PARTS, type ToolPart } from './mcp-tool.ts';

/** A tool as it was approved: SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of all that is said of it, and of each part. */
export interface Pin {
  readonly name: string;
  readonly hash: string;
  readonly parts: Readonly<Partial<Record<ToolPart, string>>>;
}

/** The tools of one server as they were approved. Plain JSON, to be stored by the app. */
export type Pins = readonly Pin[];

/** How a server's tools differ from the approved ones. */
export interface PinChanges {
  /** Names that were not approved. */
  readonly new: readonly string[];
  /** Approved under this name, and something else now: a rug pull. */
  readonly changed: readonly { readonly name: string; readonly parts: readonly ToolPart[] }[];
  /** Approved, and no longer there. */
  readonly gone: readonly string[];
}

/**
 * Pins a server's tools by what is said of them.
 * @throws {PortcullisError} `input-invalid` for two different tools of one name, and for what is nested too deeply.
 */
export function pinTools(tools: readonly McpTool[]): Pins {
  const pins = new Map<string, Pin>();
  for (const tool of tools) {
    const pin = pinOf(tool);
    if ((pins.get(pin.name) ?? pin).hash !== pin.hash) throw new PortcullisError('input-invalid', `the server has two tools named ${pin.name}`);
    pins.set(pin.name, pin);
  }
  return [...pins.values()];
}

/**
 * Compares a server's tools with the approved ones. Of two tools of one name each is compared.
 * @throws {PortcullisError} `input-invalid` for what is nested too deeply.
 */
export function comparePins(pins: Pins, tools: readonly McpTool[]): PinChanges {
  const approved = new Map(pins.map((pin) => [pin.name, pin]));
  const fresh = new Set<string>();
  const changed: { readonly name: string; readonly parts: readonly ToolPart[] }[] = [];
  for (const tool of tools) {
    const [now, before] = [pinOf(tool), approved.get(tool.name)];
    if (before === undefined) fresh.add(tool.name);
    else if (before.hash !== now.hash) changed.push({ name: tool.name, parts: TOOL_PARTS.filter((part) => before.parts[part] !== now.parts[part]) });
  }
  const there = new Set(tools.map(({ name }) => name));
  return { new: [...fresh], changed, gone: pins.map(({ name }) => name).filter((name) => !there.has(name)) };
}

function pinOf(tool: McpTool): Pin {
  const parts: Partial<Record<ToolPart, string>> = {};
  for (const part of TOOL_PARTS) if (tool[part] !== undefined) parts[part] = hashOf(tool[part]);
  return { name: tool.name, hash: hashOf({ name: tool.name, parts }), parts };
}

const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
