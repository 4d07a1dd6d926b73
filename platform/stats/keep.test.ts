import { expect, test } from 'vitest';
import { createKeep } from './keep.ts';

function clock() {
  let time = 0;
  return { now: () => time, pass: (ms: number) => void (time += ms) };
}

test('is read once for all who ask meanwhile, and again after twenty times what it took', async () => {
  const { now, pass } = clock();
  const keep = createKeep(now);
  let reads = 0;
  const read = async () => {
    reads += 1;
    await Promise.resolve();
    pass(10);
    return reads;
  };
  expect(await Promise.all([keep('a', read), keep('a', read)])).toEqual([1, 1]);
  pass(199);
  expect(await keep('a', read)).toBe(1);
  pass(1);
  expect(await keep('a', read)).toBe(2);
});

test('keeps each by its key, and nothing that failed', async () => {
  const { now } = clock();
  const keep = createKeep(now);
  await expect(keep('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await keep('a', async () => 'there')).toBe('there');
  expect(await keep('b', async () => 'other')).toBe('other');
});
