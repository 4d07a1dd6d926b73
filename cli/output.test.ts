import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { waitText } from './narrate.ts';
import { duration, safeInline, safeLines, safeText, table } from './output.ts';

test('colours stay, and nothing else can steer the terminal', () => {
  expect(safeText('\u001b[31mred\u001b[0m\tend')).toBe('\u001b[31mred\u001b[0m\tend');
  expect(safeText('\u001b]8;;http://evil\u0007link\u001b]8;;\u0007')).toBe(']8;;http://evillink]8;;');
  expect(safeText('\u001b[2J\u001b]0;title\u0007\u009b5m\rX')).toBe('[2J]0;title5mX');
});

test('no line of a text beside ours looks like one of ours', () => {
  expect(safeInline('boom\u001b]0;x\u0007\r\nhello/1 succeeded in 1s\n')).toBe(
    'boom]0;x\n      hello/1 succeeded in 1s',
  );
});

test('a stream is as safe, however it is cut', async () => {
  const bytes = Buffer.from('\u001b[31mä\u001b[0m\nnext \u001b]0;title\u0007\n\u001b[1mend');
  for (let size = 1; size <= bytes.length; size += 1) {
    const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const shown = await text(Readable.from(safeLines(Readable.from(cut))));
    expect(shown).toBe('\u001b[31mä\u001b[0m\nnext ]0;title\n\u001b[1mend');
  }
});

test('who is asked is told without steering the terminal', () => {
  const roles = ['a\u001b]0;x\u0007b'];
  expect(
    waitText({ kind: 'approval', approvalId: 'x', roles }, { run: 'p/1', job: 'j', dataDir: '.palvella' }),
  ).toContain('by a]0;xb:');
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
