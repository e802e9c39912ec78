import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';

@Component({
  selector: 'app-chat',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>Angular</h1>
    <ol aria-label="Sent">
      @for (text of sent(); track $index) {
        <li>{{ text }}</li>
      }
    </ol>
    <portcullis-guard bundle="../models/portcullis/" (portcullis-send)="send($event)">
      <form>
        <textarea aria-label="Message"></textarea>
        <button type="submit">Send</button>
      </form>
    </portcullis-guard>
  `,
})
export class Chat {
  readonly sent = signal<readonly string[]>([]);

  send({ target, detail }: CustomEvent<{ readonly text: string }>): void {
    // Only ever what the guard allowed.
    this.sent.update((before) => [...before, detail.text]);
    (target as HTMLElement & { clear(): void }).clear();
  }
}
