import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LogPage } from '../../../core/api/objects.ts';
import { createLogSource } from './log-source.ts';

function logOf(total: number) {
  const asked: number[] = [];
  let fails = false;
  async function fetchPage(from: number, limit: number): Promise<LogPage> {
    asked.push(from);
    if (fails) throw new Error('gone');
    const count = Math.max(0, Math.min(limit, total - from + 1));
    const lines = Array.from({ length: count }, (_, index) => ({
      n: from + index,
      t: 0,
      s: 'stdout' as const,
      text: '',
    }));
    return { lines, total, closed: true };
  }
  return { asked, fetchPage, fail: (on: boolean) => (fails = on) };
}

describe('reading a log', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('reads the start first, then only where the reader stays', async () => {
    const { asked, fetchPage } = logOf(1_000_000);
    const source = createLogSource(fetchPage);
    expect(source.isLoading()).toBe(true);
    await vi.runAllTimersAsync();
    expect(source.model.total()).toBe(1_000_000);
    for (let at = 1; at < 900_000; at += 10_000) source.need(at, at + 60);
    source.need(900_100, 900_160);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([1, 900_001]);
  });

  test('does not read a block twice at once', async () => {
    const { asked, fetchPage } = logOf(5_000);
    const source = createLogSource(fetchPage);
    await vi.runAllTimersAsync();
    source.need(1_001, 1_050);
    vi.advanceTimersByTime(30);
    source.need(1_001, 1_050);
    vi.advanceTimersByTime(30);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([1, 1_001]);
  });

  test('stops at a failure, says it, and goes on when told to', async () => {
    const log = logOf(5_000);
    const source = createLogSource(log.fetchPage);
    await vi.runAllTimersAsync();
    log.fail(true);
    source.need(2_001, 2_050);
    await vi.runAllTimersAsync();
    expect(source.error()).toEqual(new Error('gone'));
    source.need(3_001, 3_050);
    await vi.runAllTimersAsync();
    expect(log.asked).toEqual([1, 2_001]);
    log.fail(false);
    source.retry();
    await vi.runAllTimersAsync();
    expect(source.error()).toBeNull();
    expect(source.model.line(3_001)?.n).toBe(3_001);
  });
});
