// Made by scripts/element-manifest.mjs: change the elements instead.
import type { PortcullisBadge } from './portcullis-badge.ts';
import type { PortcullisGuard } from './portcullis-guard.ts';
import type { PortcullisReport } from './portcullis-report.ts';

/** What every element takes. */
interface Common {
  readonly [name: `data-${string}` | `aria-${string}`]: unknown;
  id?: string;
  class?: string;
  className?: string;
  lang?: string;
  dir?: string;
  slot?: string;
  hidden?: boolean;
  style?: unknown;
  ref?: unknown;
  key?: string | number;
  children?: unknown;
}

/** The elements as JSX has them: `declare module 'react' { namespace JSX { interface IntrinsicElements extends PortcullisJsx {} } }`. */
export interface PortcullisJsx {
  /** Shows how the guard is: loading and how far, ready and on what it runs, at rest, incomplete, or not running. */
  'portcullis-badge': Common & {
    /** The guard that it tells of. */
    guard?: PortcullisBadge['guard'];
    /** Id of a `<portcullis-guard>`, whose guard it then tells of. */
    for?: PortcullisBadge['for'];
  };
  /** Wraps any composer and lets nothing out of it that the guard has not allowed. */
  'portcullis-guard': Common & {
    /** A guard of the app's own; the element never closes it. */
    guard?: PortcullisGuard['guard'];
    /** URL of the bundle's folder, for a guard the element makes and closes itself. */
    bundle?: PortcullisGuard['bundle'];
    backend?: PortcullisGuard['backend'];
    /** Policy as JSON. */
    policy?: PortcullisGuard['policy'];
    /** How far loading is; an app with its own guard sets it, else the element does. */
    progress?: PortcullisGuard['progress'];
    /** Whether the form that the composer is in is submitted once its text is allowed, for pages that have no listener of their own. */
    nativeSubmit?: PortcullisGuard['nativeSubmit'];
    /** Whether the form that the composer is in is submitted once its text is allowed, for pages that have no listener of their own. */
    'native-submit'?: PortcullisGuard['nativeSubmit'];
    /** The verdict on a text that is about to be sent. `preventDefault()` keeps it from being sent. */
    'onportcullis-verdict'?: (event: HTMLElementEventMap['portcullis-verdict']) => void;
    /** The text may go out: send `detail.text`, then call `clear()`. */
    'onportcullis-send'?: (event: HTMLElementEventMap['portcullis-send']) => void;
    /** Retry was pressed; an app that gave its own `guard` gives a new one. */
    'onportcullis-retry'?: (event: HTMLElementEventMap['portcullis-retry']) => void;
  };
  /** Shows a verdict whole: what was decided and why, all that was found, at a press the words that made it, and the alert as JSON. */
  'portcullis-report': Common & {
    /** The guard that is asked for the words. */
    guard?: PortcullisReport['guard'];
    /** The text and its verdict. */
    reported?: PortcullisReport['reported'];
    /** Id of a `<portcullis-guard>`, whose verdicts and guard it then takes. */
    for?: PortcullisReport['for'];
  };
}
