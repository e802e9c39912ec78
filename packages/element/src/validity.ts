import type { Verdict } from '@portcullis/guard';

type Field = HTMLInputElement | HTMLTextAreaElement;

const isField = (node: HTMLElement | null): node is Field => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;

/** Fields that were made invalid here: what a page has made invalid by itself is left alone. */
const held = new WeakSet<Field>();

/**
 * Makes the element's form invalid while its text is known to be blocked, so that the browser submits it on no way that asks for validity. An incomplete
 * verdict holds no form: the next press may come out differently. A form within the element is not the element's own: there the field itself is invalid.
 */
export function heldBy(internals: ElementInternals, composer: HTMLElement | null, verdict: Verdict | undefined): void {
  const why = verdict?.decision === 'block' && !verdict.degraded ? verdict.reason : '';
  if (why === '') internals.setValidity({});
  else internals.setValidity({ customError: true }, why, composer ?? undefined);
  if (!isField(composer) || composer.form === internals.form) return;
  if (why === '' && !held.delete(composer)) return;
  composer.setCustomValidity(why);
  if (why !== '') held.add(composer);
}
