import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begunNumbers, readQuery } from './query.ts';

test.each([
  ['', [], undefined],
  ['  Deploy  API ', ['deploy', 'api'], undefined],
  ['deploy 128', ['deploy'], 128],
  ['deploy#128', ['deploy'], 128],
  ['deploy/128', ['deploy'], 128],
  ['deploy #128', ['deploy'], 128],
  ['128', [], 128],
  ['#128', [], 128],
  ['v2', ['v2'], undefined],
  ['deploy-128', ['deploy-128'], undefined],
  ['1234567890', ['1234567890'], undefined],
])('%j means %j and the number %j', (text, names, number) => {
  expect(readQuery(text)).toMatchObject({ names, number });
});

test.each([
  ['deploy', { commit: undefined, ids: undefined, key: undefined }],
  ['add', { commit: undefined }],
  ['3B9C', { commit: '3b9c', ids: undefined }],
  ['01a22e48-b2', { commit: undefined, ids: { from: '01a22e48b2'.padEnd(32, '0'), to: '01a22e48b2'.padEnd(32, 'f') } }],
  ['Push-2026/1', { commit: undefined, ids: undefined, key: 'Push-2026/1' }],
  ['3b9cface 3b9cface', { commit: undefined, ids: undefined, key: undefined }],
])('%j may be the commit or the delivery %j', (text, meant) => {
  expect(readQuery(text)).toMatchObject(meant);
});

test('a number that is being typed finds those it begins', () => {
  expect(begunNumbers(12)).toEqual([12, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129]);
  expect(begunNumbers(0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(begunNumbers(999_999_999)).toEqual([999_999_999]);
});

test('whatever is typed is read in no time, and at most eight words of it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const { words, names } = readQuery(text);
      expect(words.length).toBeLessThanOrEqual(8);
      expect(names.length).toBeLessThanOrEqual(200);
    }),
  );
  const began = process.threadCpuUsage();
  readQuery(`${'1 '.repeat(100_000)}x`);
  expect(process.threadCpuUsage(began).user).toBeLessThan(1_000_000);
});
