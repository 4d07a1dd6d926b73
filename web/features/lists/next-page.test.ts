import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { readNextPage } from './next-page.ts';

test('news that were being read when the next page is asked for are not lost', async () => {
  let there = ['c', 'b', 'a'];
  const held = Promise.withResolvers<void>();
  let isHeld = false;
  const queries = new QueryClient();
  const observer = new InfiniteQueryObserver(queries, {
    queryKey: ['list'],
    queryFn: async ({ pageParam }) => {
      if (isHeld && pageParam === 0) await held.promise;
      return there.slice(pageParam, pageParam + 2);
    },
    initialPageParam: 0,
    getNextPageParam: (_, pages) => pages.length * 2,
  });
  const shown = () => observer.getCurrentResult().data?.pages.flat();
  const end = observer.subscribe(() => {});
  await expect.poll(shown).toEqual(['c', 'b']);

  there = ['d', ...there];
  isHeld = true;
  void queries.invalidateQueries();
  await expect.poll(() => observer.getCurrentResult().isFetching).toBe(true);
  const read = readNextPage(observer.getCurrentResult());
  isHeld = false;
  held.resolve();
  await read;
  expect(shown()).toEqual(['d', 'c', 'b', 'a']);
  end();
  queries.clear();
});
