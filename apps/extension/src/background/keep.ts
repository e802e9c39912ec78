import { alertOf } from '@portcullis/core';
import { readManaged } from '../shared/managed.ts';
import type { Found } from '../shared/messages.ts';
import { readSettings } from '../shared/settings.ts';
import { count } from './badge.ts';
import { send } from './collector.ts';
import { record } from './record.ts';

/** Keeps what was found: in the history, on the button, and for the organisation's collector where there is one. */
export async function keep({ text, verdict, source, role, tab }: Found): Promise<void> {
  // Settings that cannot be read name no collector.
  const [{ keepText }, { collector }] = await Promise.all([readSettings(), readManaged().catch(() => ({ collector: undefined }))]);
  const context = { text, time: Date.now(), source, role };
  await record(alertOf(verdict, { ...context, include: keepText ? 'full' : 'hash' }));
  await count(tab);
  if (collector !== undefined) await send(alertOf(verdict, context), collector);
}
