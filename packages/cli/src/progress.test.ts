import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProgress } from './progress.ts';

const isTerminal = process.stderr.isTTY;
let written: string;

beforeEach(() => {
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written += chunk;
    return true;
  });
});
afterEach(() => {
  process.stderr.isTTY = isTerminal;
  vi.restoreAllMocks();
});

function run(): void {
  const progress = startProgress('deepset', 2);
  progress.advance();
  progress.advance();
  progress.end();
}

describe('startProgress', () => {
  it('draws a bar on a terminal, up to the last row', () => {
    process.stderr.isTTY = true;
    run();
    expect(written).toMatch(/deepset .* 2\/2 rows/);
  });

  it('writes nothing where standard error is no terminal', () => {
    process.stderr.isTTY = false;
    run();
    expect(written).toBe('');
  });
});
