/**
 * How the strip that tells of a gate's state looks, wherever it stands. Colours come as pairs; `color-scheme` of the page (or of the host)
 * picks the side. Plain text, so that it serves without Lit, too.
 */
export const gateStyles = `
  :host {
    --_text: var(--portcullis-text, light-dark(#1d1c1a, #eceae5));
    --_muted: var(--portcullis-muted, light-dark(#65615a, #a5a198));
    --_border: var(--portcullis-border, light-dark(#dcd8d0, #36342f));
    --_surface: var(--portcullis-surface, light-dark(#ffffff, #1d1d1b));
    --_accent: var(--portcullis-accent, light-dark(#0d5c63, #74c7c9));
    --_ok: var(--portcullis-ok, light-dark(#1c6b3c, #7fd09a));
    --_warn: var(--portcullis-warn, light-dark(#835000, #efb75c));
    --_block: var(--portcullis-block, light-dark(#ad231b, #ff9a90));
    --_radius: var(--portcullis-radius, 14px);
  }

  [part~='gate'] {
    --_tone: var(--_muted);
    display: flex;
    align-items: flex-start;
    gap: 10px;
    padding: 10px 14px;
    border-block-start: 1px solid var(--_border);
    background: color-mix(in oklab, var(--_tone) var(--_wash, 0%), var(--_surface));
    font: 400 0.8125rem / 1.45 system-ui, sans-serif;
    transition: background-color 160ms ease;
  }

  .busy {
    --_tone: var(--_accent);
  }

  .ok {
    --_tone: var(--_ok);
  }

  .warn {
    --_tone: var(--_warn);
    --_wash: 7%;
  }

  .block,
  .error {
    --_tone: var(--_block);
    --_wash: 6%;
  }

  [part~='icon'] {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    fill: none;
    stroke: var(--_tone);
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .track {
    opacity: 0.25;
  }

  .spin {
    transform-origin: 10px 10px;
    animation: spin 900ms linear infinite;
  }

  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }

  .lines {
    flex: 1;
    min-inline-size: 0;
  }

  [part~='headline'] {
    color: var(--_tone);
    font-weight: 600;
  }

  .quiet [part~='headline'] {
    font-weight: 400;
  }

  ul {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    display: grid;
    gap: 10px;
  }

  li {
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_tone);
    overflow-wrap: anywhere;
  }

  /* A quote is there to be recognised; the text itself stands right above. */
  .quote {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-weight: 600;
  }

  .found {
    display: block;
    color: var(--_muted);
  }

  code {
    color: var(--_muted);
    font: 0.75rem / 1.4 ui-monospace, monospace;
    white-space: nowrap;
  }

  p {
    margin: 6px 0 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  button {
    flex: none;
    align-self: center;
    padding: 6px 12px;
    border: 1px solid var(--_tone);
    border-radius: calc(var(--_radius) - 6px);
    background: transparent;
    color: var(--_tone);
    font: 600 0.8125rem / 1.4 system-ui, sans-serif;
    cursor: pointer;
  }

  button:hover {
    background: color-mix(in oklab, var(--_tone) 12%, transparent);
  }

  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @container (max-width: 440px) {
    [part~='gate'] {
      flex-wrap: wrap;
    }

    .lines {
      flex-basis: calc(100% - 1.125rem - 10px);
    }

    button {
      flex: 1;
      padding-block: 9px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part~='gate'] {
      transition: none;
    }

    .spin {
      animation-duration: 4s;
      animation-timing-function: steps(8);
    }
  }

  @media (forced-colors: active) {
    button,
    li {
      border-color: CanvasText;
    }

    [part~='icon'] {
      stroke: CanvasText;
    }
  }
`;
