/** A call of a tool as an agent is about to make it. */
export interface ToolCall {
  readonly name: string;
  /** An object, or its JSON as OpenAI-shaped interfaces carry it. */
  readonly arguments: unknown;
}

/** What a model was told of a tool. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments, or whatever the tool's makers wrote in its place. */
  readonly parameters?: unknown;
}

/** A call with all that it is judged by. */
export interface ToolCallRequest {
  /** What the person asked for; of a conversation, every turn on lines that begin with `user:` or `assistant:`. */
  readonly intent: string;
  /** A call, or its JSON text. */
  readonly call: ToolCall | string;
  readonly tool?: ToolDefinition;
  /** What came from elsewhere before the call was made: results of other tools, documents, pages. Nobody's order. */
  readonly context?: string;
}
