import { expect, test } from 'vitest';
import { createPlaces } from './places.ts';

const reason = 'A newer one takes its place.';

test('what was asked to end is ended once it is there, also by the next history, and no other', () => {
  const ended: string[] = [];
  const place = (path: string, isTaken: boolean) => ({
    isTaken,
    end: (why: string) => void ended.push(`${path}: ${why}`),
  });
  const told = new Set<string>();
  const first = createPlaces(told);
  first.enter('a', { ...place('a', false), id: 1 });
  first.giveWay({ job: 'a', id: 2, reason });
  expect([ended, first.reason('a'), [...told]]).toEqual([[], undefined, []]);
  first.giveWay({ job: 'a', id: 1, reason });
  expect([ended, first.reason('a'), [...told]]).toEqual([[`a: ${reason}`], reason, ['a']]);

  const next = createPlaces(new Set());
  next.takeOver(first.carried());
  // Said before the Job was there again.
  next.giveWay({ job: 'b', id: 3, reason: 'another' });
  next.enter('a', place('a', true));
  next.enter('b', place('b', true));
  expect(ended.slice(1)).toEqual([`a: ${reason}`, 'b: another']);
  // The same Job, which asks anew, reads what is true of that.
  for (const one of ['a', 'b']) next.leave(one);
  next.enter('a', place('a', false));
  expect([ended.length, next.reason('a'), next.carried()]).toEqual([3, undefined, [['b', 'another']]]);
  // One that cannot be ended by itself is waited for.
  next.enter('c', { isTaken: false });
  next.giveWay({ job: 'c', id: 4, reason });
  expect(next.reason('c')).toBeUndefined();
});
