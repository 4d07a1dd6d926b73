import { beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { createSettings } from './index.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});

test('of many who make a value at the same time, all get the same', async () => {
  const settings = createSettings(db);
  let made = 0;
  const values = await Promise.all(
    Array.from({ length: 20 }, () => settings.getOrCreate('key', () => ({ number: (made += 1) }))),
  );
  expect(new Set(values.map(({ number }) => number)).size).toBe(1);
  expect(await settings.getOrCreate('key', () => ({ number: -1 }))).toEqual(values[0]);
});
