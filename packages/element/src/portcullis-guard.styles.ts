import { css, unsafeCSS } from 'lit';
import { stripStyles } from './strip.styles.ts';

/** The strip, the frame around it and the composer, and what only the element shows. */
export const styles = css`
  ${unsafeCSS(stripStyles)}

  :host {
    display: block;
    container-type: inline-size;
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    transition:
      border-color 160ms ease,
      box-shadow 160ms ease;
  }

  :host([hidden]) {
    display: none;
  }

  /* The ring takes the state's colour, so that the focus shows in every state. */
  :host(:focus-within) {
    --_edge: var(--_accent);
    border-color: var(--_edge);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_edge) 24%, transparent);
  }

  :host([state='warned']),
  :host([state='vetoed']) {
    --_edge: var(--_warn);
    border-color: var(--_edge);
  }

  :host([state='blocked']),
  :host([state='error']) {
    --_edge: var(--_block);
    border-color: var(--_edge);
  }

  .progress {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-start: 6px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  progress {
    appearance: none;
    flex: 1;
    max-inline-size: 220px;
    block-size: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: var(--_border);
    accent-color: var(--_accent);
  }

  progress::-webkit-progress-bar {
    background: var(--_border);
  }

  progress::-webkit-progress-value {
    background: var(--_accent);
  }

  progress::-moz-progress-bar {
    background: var(--_accent);
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    :host {
      border-color: CanvasText;
    }

    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
