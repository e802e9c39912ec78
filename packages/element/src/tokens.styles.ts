/**
 * What the elements' looks share: colours, tones, the icon. Colours come as pairs; `color-scheme` of the page (or of the host) picks the side.
 * Plain text, so that it serves without Lit, too.
 */
export const tokens = `
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
    --_tone: var(--_muted);
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

  /* In steps: drawn sixty times a second without a GPU, it takes a fourth of the time of all that loading computes. */
  .spin {
    transform-origin: 10px 10px;
    animation: spin 900ms steps(12) infinite;
  }

  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spin {
      animation-duration: 4s;
      animation-timing-function: steps(8);
    }
  }

  @media (forced-colors: active) {
    [part~='icon'] {
      stroke: CanvasText;
    }
  }
`;
