import { css, unsafeCSS } from 'lit';
import { detailStyles } from './details.styles.ts';
import { stripStyles } from './strip.styles.ts';

/** The report: the strip's look, with figures, marks and the alert. */
export const reportStyles = css`
  ${unsafeCSS(stripStyles)}
  ${unsafeCSS(detailStyles)}

  :host {
    display: block;
    container-type: inline-size;
  }

  :host([hidden]) {
    display: none;
  }

  [part='report'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 14px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: 400 0.8125rem / 1.45 system-ui, sans-serif;
    overflow-wrap: anywhere;
  }

  header {
    display: flex;
    gap: 10px;
  }

  header p,
  .marks p {
    margin: 0;
    color: var(--_text);
  }

  ul {
    margin: 0;
  }

  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 0;
  }

  dl > div {
    display: flex;
    gap: 6px;
  }

  dt {
    color: var(--_muted);
  }

  dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }

  .marks {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: 8px;
  }

  .marks [role='status']:empty {
    display: none;
  }

  [part='marked'] {
    max-block-size: 16rem;
    overflow: auto;
    padding: 8px 10px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 6px);
    inline-size: 100%;
    box-sizing: border-box;
    line-height: 1.7;
  }

  mark {
    padding-block: 2px;
    border-block-end: 2px solid var(--_block);
    background: color-mix(in oklab, var(--_block) 10%, transparent);
    color: inherit;
  }

  /* Thickness and line style carry the strength, too. */
  mark.strong {
    border-block-end-width: 3px;
    background: color-mix(in oklab, var(--_block) 18%, transparent);
    font-weight: 600;
  }

  mark.weak {
    border-block-end-style: dotted;
    background: transparent;
  }

  summary {
    cursor: pointer;
    color: var(--_muted);
  }

  summary:focus-visible,
  pre:focus-visible,
  [part='marked']:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  pre {
    max-block-size: 18rem;
    overflow: auto;
    margin: 8px 0 0;
    padding: 10px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 6px);
    font: 0.75rem / 1.5 ui-monospace, monospace;
    white-space: pre;
    overflow-wrap: normal;
  }

  .row {
    align-items: center;
  }

  @container (max-width: 440px) {
    button {
      inline-size: 100%;
    }
  }

  @media (forced-colors: active) {
    mark,
    mark.strong,
    mark.weak {
      forced-color-adjust: none;
      background: Mark;
      color: MarkText;
      border-color: MarkText;
    }
  }
`;
