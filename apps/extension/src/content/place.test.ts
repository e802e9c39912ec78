import { describe, expect, it } from 'vitest';
import { placeBeside } from './place.ts';

const view = { width: 1000, height: 800 };

describe('placeBeside', () => {
  it('goes above where there is room, as wide as the box', () => {
    expect(placeBeside({ left: 100, top: 600, width: 500, height: 80 }, 120, view)).toEqual({ left: 100, top: 472, width: 500 });
  });

  it('goes below at the top of the page', () => {
    expect(placeBeside({ left: 100, top: 20, width: 500, height: 80 }, 120, view)).toEqual({ left: 100, top: 108, width: 500 });
  });

  it.each([
    [{ left: 900, top: 300, width: 60, height: 20 }, 100],
    [{ left: -50, top: -20, width: 3000, height: 900 }, 200],
    [{ left: 10, top: 760, width: 100, height: 40 }, 900],
  ])('never begins out of view, beside %j', (box, height) => {
    const { left, top, width } = placeBeside(box, height, view);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(view.width);
  });
});
