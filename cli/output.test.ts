import { expect, test } from 'vitest';
import { duration, safeText, table } from './output.ts';

test('colours stay, and nothing else can steer the terminal', () => {
  expect(safeText('\u001b[31mred\u001b[0m\tend')).toBe('\u001b[31mred\u001b[0m\tend');
  expect(safeText('\u001b]8;;http://evil\u0007link\u001b]8;;\u0007')).toBe(']8;;http://evillink]8;;');
  expect(safeText('\u001b[2J\u001b]0;title\u0007\u009b5m\rX')).toBe('[2J]0;title5mX');
});

test('columns line up and lines have no blanks at their end', () => {
  expect(table(['A', 'LONG'], [['wide cell', '']])).toBe('A          LONG\nwide cell');
});

test('a duration has two units at most', () => {
  const from = '2026-01-01T00:00:00.000Z';
  expect(duration(null, null)).toBe('');
  expect(duration(from, '2026-01-01T00:00:05.640Z')).toBe('5.6s');
  expect(duration(from, '2026-01-01T00:03:04.900Z')).toBe('3m 4s');
  expect(duration(from, null, Date.parse('2026-01-01T01:02:59Z'))).toBe('1h 2m');
});
