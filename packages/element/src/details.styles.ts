/** How the details of a gate look, below the strip: findings, hidden characters, the reason that is asked for. Plain text, as the strip's. */
export const detailStyles = `
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

  .row,
  [part~='hidden'] {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 8px 10px;
    margin-block-start: 8px;
  }

  [part~='hidden'] {
    justify-content: space-between;
    align-items: center;
    color: var(--_text);
  }

  [part~='hidden'] span {
    flex: 1 1 14rem;
    min-inline-size: 0;
  }

  label {
    flex: 1 1 12rem;
    display: grid;
    gap: 4px;
    color: var(--_muted);
  }

  input {
    box-sizing: border-box;
    inline-size: 100%;
    padding: 6px 8px;
    border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) - 8px);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  input:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (forced-colors: active) {
    li {
      border-color: CanvasText;
    }
  }
`;
