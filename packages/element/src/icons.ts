import type { Tone } from './gate-said.ts';

/** One line of a drawing: path data, and the class that sets it in motion. */
export interface Stroke {
  readonly d: string;
  readonly class?: 'track' | 'spin';
}

const ring = 'M10 2.75a7.25 7.25 0 1 1 0 14.5a7.25 7.25 0 0 1 0-14.5';

/** One drawing a tone, told apart by shape alone: 20 × 20, drawn in the current colour. */
export const ICONS: Readonly<Record<Tone, readonly Stroke[]>> = {
  quiet: [{ d: 'M4 17V8.5a6 6 0 0 1 12 0V17M4 12h12M8 6.5V17M12 6.5V17' }],
  busy: [
    { d: 'M10 3a7 7 0 1 1 0 14a7 7 0 0 1 0-14', class: 'track' },
    { d: 'M10 3a7 7 0 0 1 7 7', class: 'spin' },
  ],
  ok: [{ d: `${ring}M6.8 10.2l2.2 2.2 4.3-4.6` }],
  warn: [{ d: 'M10 3 2.6 16.2h14.8ZM10 8.2v3.6M10 13.9v.1' }],
  block: [{ d: 'M6.8 2.8h6.4l4 4v6.4l-4 4H6.8l-4-4V6.8ZM7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2' }],
  error: [{ d: `${ring}M10 6.2v4.6M10 13.6v.1` }],
};
