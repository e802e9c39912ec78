import { type Guard, guardedTool, type ToolVerdict } from '@portcullis/guard';
import type { Store } from '../state.ts';
import type { AgentState, CallState, LogEntry, Mail } from './agent-state.ts';
import { PAGES } from './pages.ts';
import { ordersIn, pagesToRead, sentenceAbout, type WantedCall } from './stand-in-agent.ts';
import { TOOLS, type ToolName } from './tools.ts';

/** Shows a verdict to the person: asks about a call of the decision `confirm`, tells of a blocked one. */
export type Show = (verdict: ToolVerdict) => Promise<boolean>;

type Draft = { [Kind in LogEntry['kind']]: Omit<Extract<LogEntry, { kind: Kind }>, 'id'> }[LogEntry['kind']];

/** Has the stand-in do a task. Each of its calls goes through the guard, with the person's words as intent and what was read as context. */
export async function runTask(task: string, store: Store<AgentState>, guard: Pick<Guard, 'checkToolCall'> | undefined, show: Show): Promise<void> {
  const update = (change: Partial<AgentState>): void => store.update((state) => ({ ...state, ...change }));
  const add = (draft: Draft): number => {
    const { log } = store.get();
    update({ log: [...log, { ...draft, id: log.length } as LogEntry] });
    return log.length;
  };
  const settle = (id: number, state: CallState): void =>
    update({ log: store.get().log.map((entry) => (entry.id === id && entry.kind === 'call' ? { ...entry, state } : entry)) });

  const executors: Readonly<Record<ToolName, (input: Readonly<Record<string, string>>) => string>> = {
    read_page: ({ title }) => PAGES.find((page) => page.title === title)?.text ?? '',
    add_note: ({ text = '' }) => {
      update({ notes: [...store.get().notes, text] });
      return 'Noted.';
    },
    send_mail: ({ to = '', subject = '', body = '' }) => {
      const mail: Mail = { to, subject, body };
      update({ outbox: [...store.get().outbox, mail] });
      return 'Sent.';
    },
  };

  let read = '';
  const make = async ({ name, input }: WantedCall): Promise<string | undefined> => {
    const id = add({ kind: 'call', name, input: JSON.stringify(input), state: { kind: 'checking' } });
    try {
      if (guard === undefined) throw new Error('The guard is not running.');
      const tool = guardedTool(guard, TOOLS[name], executors[name], { intent: task, context: read, confirm: show });
      const outcome = await tool(input);
      if (outcome.executed) {
        settle(id, { kind: 'executed', asked: outcome.verdict.decision === 'confirm' });
        return outcome.value;
      }
      const { deniedBy, verdict } = outcome;
      settle(id, { kind: deniedBy === 'guard' ? 'blocked' : 'denied', reason: verdict.reason });
      if (deniedBy === 'guard') await show(verdict);
    } catch (error) {
      settle(id, { kind: 'blocked', reason: error instanceof Error ? error.message : String(error) });
    }
    return undefined;
  };

  update({ busy: true });
  add({ kind: 'task', text: task });
  const pages = pagesToRead(task);
  for (const call of pages) read += `${(await make(call)) ?? ''}\n`;
  const page = read.trim();
  if (page === '') {
    const titles = PAGES.map(({ title }) => title).join(', ');
    add({ kind: 'said', text: pages.length > 0 ? 'I could not read that page.' : `I read pages by their titles: ${titles}.` });
  } else {
    // A page's orders and the person's are the same to it.
    for (const call of [...ordersIn(page, page, store.get().notes), ...ordersIn(task, page, store.get().notes)]) await make(call);
    add({ kind: 'said', text: sentenceAbout(task, page) });
  }
  update({ busy: false });
}
