import { tokens } from './tokens.styles.ts';

/** How the strip that tells of a gate's state looks, wherever it stands. */
export const stripStyles = `
  ${tokens}

  [part~='gate'] {
    display: flex;
    align-items: flex-start;
    gap: 10px;
    padding: 10px 14px;
    border-block-start: 1px solid var(--_border);
    background: color-mix(in oklab, var(--_tone) var(--_wash, 0%), var(--_surface));
    font: 400 0.8125rem / 1.45 system-ui, sans-serif;
    transition: background-color 160ms ease;
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
  }

  @media (forced-colors: active) {
    button {
      border-color: CanvasText;
    }
  }
`;
