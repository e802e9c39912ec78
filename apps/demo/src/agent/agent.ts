import type { Guard } from '@portcullis/guard';
import { render } from 'lit';
import { createStore } from '../state.ts';
import { INITIAL } from './agent-state.ts';
import { agentView } from './agent-view.ts';
import { showCall } from './call-dialog.ts';
import { runTask } from './run-task.ts';

/** Draws the agent into its place and keeps it there. */
export function startAgent(root: HTMLElement, dialog: HTMLDialogElement, guard: () => Guard | undefined): void {
  const field = (): HTMLInputElement | null => root.querySelector<HTMLInputElement>('#agent-task');
  const store = createStore(INITIAL, draw);
  const run = (event: SubmitEvent): void => {
    event.preventDefault();
    const task = field()?.value.trim() ?? '';
    if (task === '' || store.get().busy) return;
    void runTask(task, store, guard(), (verdict) => showCall(dialog, verdict));
  };
  const fill = (text: string): void => {
    const input = field();
    if (input === null) return;
    input.value = text;
    input.focus();
  };
  function draw(): void {
    render(agentView(store.get(), { fill, run }), root);
  }
  draw();
}
