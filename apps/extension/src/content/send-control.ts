import type { Site } from '../shared/sites.ts';
import { composersNear } from './composer.ts';
import { attributeOf, matches, wholeText } from './dom.ts';

const CONTROLS = 'button, [role="button" i], input[type="submit" i], input[type="image" i], input[type="button" i]';

/** What buttons that send are called, in the larger languages. */
const SEND_WORDS =
  /\b(?:send|submit|ask|envoyer|senden|absenden|enviar|invia|verzenden|verstuur|skicka|send|lähetä|wyślij|odeslat|küldés|trimite|gönder|gửi|kirim)\b|отправить|надіслати|إرسال|ارسال|שלח|भेजें|送信|发送|發送|傳送|보내기|전송|ส่ง/iu;

/** How far from its composer a button without any name may stand to be taken for the one that sends. */
const NEAR_LEVELS = 5;

function nameOf(control: Element): string {
  const value = control instanceof HTMLInputElement ? control.value : '';
  const attributes = ['aria-label', 'title', 'data-testid', 'name', 'id'].map((name) => attributeOf(control, name) ?? '');
  return [wholeText(control), value, ...attributes].join(' ').trim();
}

/** `data-testid="send-button"` and `id="sendButton"` are words, too. */
const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_]+/g, ' ');

function isSubmit(control: Element): boolean {
  return (control instanceof HTMLButtonElement || control instanceof HTMLInputElement) && /^(?:submit|image)$/.test(control.type) && control.form !== null;
}

/** The control on an event's path that sends: one that the site is known for, one that submits a form, is called so, or has no name and stands beside a composer. */
export function sendControlOn(path: readonly EventTarget[], site: Site | undefined): HTMLElement | undefined {
  for (const node of path) {
    if (!(node instanceof HTMLElement)) continue;
    if (site?.send !== undefined && matches(node, site.send)) return node;
    if (!matches(node, CONTROLS)) continue;
    const name = nameOf(node);
    const sends = isSubmit(node) || SEND_WORDS.test(words(name)) || (name === '' && composersNear(node, undefined, NEAR_LEVELS).length > 0);
    return sends ? node : undefined;
  }
  return undefined;
}
