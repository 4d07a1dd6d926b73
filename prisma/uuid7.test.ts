import { expect, test } from 'vitest';
import { isUuid, uuid7 } from './uuid7.ts';

test('ids sort by the time they were made', () => {
  const ids = Array.from({ length: 100 }, (_, at) => uuid7(1_700_000_000_000 + at));
  expect(ids.toSorted()).toEqual(ids);
  expect(ids[0]).toMatch(/^018bcfe5-6800-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('ids of one millisecond, or of a clock that went back, sort by their order, also where they are many', () => {
  const ids = Array.from({ length: 10_000 }, () => uuid7(1));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(10_000);
});

test('only an id goes where one is wanted', () => {
  expect(isUuid(uuid7())).toBe(true);
  for (const text of ['', 'x', `${uuid7()}'`, ` ${uuid7()}`, uuid7().replaceAll('-', '')])
    expect(isUuid(text)).toBe(false);
});
