import { PortcullisError, ROLES, type Role } from '@portcullis/core';
import * as v from 'valibot';
import type { JsonRow } from './json-rows.ts';

const conversationSchema = v.object({
  id: v.union([v.string(), v.number()]),
  turns: v.pipe(v.array(v.object({ role: v.picklist(ROLES), text: v.string() })), v.minLength(1)),
  label: v.optional(v.picklist([0, 1])),
  anchor_model: v.optional(v.string()),
  anchor_scores: v.optional(v.array(v.number())),
});

/** One turn of a conversation row. */
export interface RowTurn {
  readonly role: Role;
  readonly text: string;
}

/** A row of `evaluation.md`'s conversation format. */
export interface ConversationRow {
  readonly kind: 'conversation';
  readonly id: string | number;
  readonly turns: readonly RowTurn[];
  readonly label?: 0 | 1;
  /** Another model's scores, one a user turn, where the row has them. */
  readonly anchor?: { readonly model: string; readonly scores: readonly number[] };
}

/** @throws {PortcullisError} `input-invalid`, naming file, line and field. */
export function conversationRow({ json, place }: JsonRow): ConversationRow {
  const parsed = v.safeParse(conversationSchema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new PortcullisError('input-invalid', `${place}: ${v.getDotPath(issue) ?? 'row'}: ${issue.message}`);
  }
  const { id, turns, label, anchor_model: model = 'other', anchor_scores: scores } = parsed.output;
  return { kind: 'conversation', id, turns, ...(label !== undefined && { label }), ...(scores && { anchor: { model, scores } }) };
}
