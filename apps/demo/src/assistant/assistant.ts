/** One turn, as a model sees it. Only texts that the guard let through become turns. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Who answers. */
export interface Assistant {
  /** Shown beside every answer. */
  readonly label: string;
  /** @throws {Error} with a message a person can act on. */
  reply(turns: readonly Turn[], signal: AbortSignal): Promise<string>;
}
