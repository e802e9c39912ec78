/** Who speaks, or what a text is, in a conversation with a model. `document`: what was retrieved or attached; `tool`: what a tool returned. */
export const ROLES = ['user', 'assistant', 'system', 'tool', 'document'] as const;
export type Role = (typeof ROLES)[number];

/** Where a text comes from, as far as the app knows. */
export interface Origin {
  readonly role?: Role;
  /** The app's own name for the sender or the place: `mail:anna@example.org`, `tool:web_search`. */
  readonly source?: string;
}
