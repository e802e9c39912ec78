/** One turn, as a model sees it. Only texts that the guard let through become turns. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Who answers. */
export interface Assistant {
  /** Shown beside every answer. */
  readonly label: string;
  /**
   * The answer's text as it comes, unread: nobody sees it but through the gate.
   * @throws {Error} with a message a person can act on; the stream fails with such, too.
   */
  reply(turns: readonly Turn[], signal: AbortSignal): Promise<ReadableStream<string>>;
}
