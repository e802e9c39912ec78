import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { keymap as codeMirrorKeymap, EditorView } from '@codemirror/view';
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerPlainText } from '@lexical/plain-text';
import { $getRoot, COMMAND_PRIORITY_HIGH, createEditor, KEY_ENTER_COMMAND } from 'lexical';
import { baseKeymap, splitBlock } from 'prosemirror-commands';
import { history as proseMirrorHistory, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { schema } from 'prosemirror-schema-basic';
import { EditorState as ProseMirrorState } from 'prosemirror-state';
import { EditorView as ProseMirrorView } from 'prosemirror-view';
import Quill from 'quill';
import 'prosemirror-view/style/prosemirror.css';

// A chat page for the tests: one composer, made as chat sites make theirs, an Enter and a button that send. `?editor=` says which.

/** A composer of the page's own making: `text` reads it as the page would, `onEnter` is its Enter without Shift. */
interface Composer {
  readonly text: () => string;
}
type Make = (place: HTMLElement, onEnter: () => void) => Composer;

const onPlainEnter =
  (onEnter: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    onEnter();
  };

const MAKERS: Readonly<Record<string, Make>> = {
  textarea(place, onEnter) {
    const field = place.appendChild(document.createElement('textarea'));
    field.addEventListener('keydown', onPlainEnter(onEnter));
    return { text: () => field.value };
  },
  // Enter breaks the line here; only the button sends.
  multiline(place) {
    const field = place.appendChild(document.createElement('textarea'));
    return { text: () => field.value };
  },
  contenteditable(place, onEnter) {
    const field = place.appendChild(document.createElement('div'));
    field.contentEditable = 'true';
    field.addEventListener('keydown', onPlainEnter(onEnter));
    return { text: () => field.innerText };
  },
  prosemirror(place, onEnter) {
    const enter = (): boolean => {
      onEnter();
      return true;
    };
    const plugins = [proseMirrorHistory(), keymap({ Enter: enter, 'Shift-Enter': splitBlock, 'Mod-z': undo, 'Mod-y': redo }), keymap(baseKeymap)];
    const view = new ProseMirrorView(place, { state: ProseMirrorState.create({ schema, plugins }) });
    return { text: () => view.state.doc.textBetween(0, view.state.doc.content.size, '\n') };
  },
  lexical(place, onEnter) {
    const root = place.appendChild(document.createElement('div'));
    root.contentEditable = 'true';
    const editor = createEditor({
      namespace: 'test',
      onError(error) {
        throw error;
      },
    });
    editor.setRootElement(root);
    registerPlainText(editor);
    registerHistory(editor, createEmptyHistoryState(), 300);
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (event === null || event.shiftKey || event.isComposing) return false;
        event.preventDefault();
        onEnter();
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    );
    return { text: () => editor.read(() => $getRoot().getTextContent()) };
  },
  quill(place, onEnter) {
    const bindings = {
      send: {
        key: 'Enter',
        shiftKey: false,
        handler: () => {
          onEnter();
          return false;
        },
      },
    };
    const quill = new Quill(place, { modules: { keyboard: { bindings }, toolbar: false } });
    return { text: () => quill.getText().replace(/\n$/, '') };
  },
  codemirror(place, onEnter) {
    const run = (): boolean => {
      onEnter();
      return true;
    };
    const extensions = [history(), codeMirrorKeymap.of([{ key: 'Enter', run }, ...defaultKeymap, ...historyKeymap]), EditorView.lineWrapping];
    const view = new EditorView({ parent: place, state: EditorState.create({ extensions }) });
    return { text: () => view.state.doc.toString() };
  },
  // An input in a form without a line of script of its own: the browser submits it.
  form(place) {
    const field = place.appendChild(document.createElement('input'));
    return { text: () => field.value };
  },
};

/** What the tests look at. */
export interface Chat {
  /** What the page's own handlers sent, in order. */
  readonly sent: string[];
  /** The events that its listeners saw on Enter and on the button. */
  readonly saw: string[];
  readonly text: () => string;
}

declare global {
  interface Window {
    chat: Chat;
  }
}

const kind = new URLSearchParams(location.search).get('editor') ?? 'textarea';
const make = MAKERS[kind];
const form = document.querySelector('form');
const place = document.querySelector<HTMLElement>('#composer');
const button = document.querySelector<HTMLButtonElement>('#send');
if (make === undefined || form === null || place === null || button === null) throw new Error(`no editor ${kind}`);

const sent: string[] = [];
const saw: string[] = [];
const composer = make(place, () => sent.push(composer.text()));
window.chat = { sent, saw, text: composer.text };
if (kind === 'form') {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sent.push(composer.text());
  });
} else {
  button.type = 'button';
  // Some sites send on the first part of a press.
  const type = new URLSearchParams(location.search).get('on') ?? 'click';
  button.addEventListener(type, () => sent.push(composer.text()));
}
const onEnter = (event: Event): void =>
  void (event instanceof KeyboardEvent && event.key === 'Enter' && saw.push(`${event.type}${event.shiftKey ? ' shift' : ''}`));
for (const type of ['keydown', 'keypress', 'keyup']) window.addEventListener(type, onEnter, { capture: true });
for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) button.addEventListener(type, () => saw.push(type), { capture: true });
