import type { Guard } from '@portcullis/guard';
import { element } from '../dom.ts';

/** Switches between the chat and the agent, whose code is fetched when it is first opened. */
export function agentToggle(guard: () => Guard | undefined): void {
  const toggle = element('agent-toggle', 'button');
  const [chat, agent, skip] = [element('chat', 'main'), element('agent', 'main'), element('skip', 'a')];
  let started: Promise<void> | undefined;
  const start = async (): Promise<void> => {
    const { startAgent } = await import('./agent.ts');
    startAgent(element('agent-root', 'div'), element('call', 'dialog'), guard);
  };
  toggle.addEventListener('click', async () => {
    started ??= start().catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    await started;
    const open = agent.hidden;
    [agent.hidden, chat.hidden] = [!open, open];
    toggle.setAttribute('aria-pressed', String(open));
    skip.setAttribute('href', open ? '#agent-task' : '#composer');
    skip.textContent = open ? 'Skip to the task' : 'Skip to the composer';
  });
}
