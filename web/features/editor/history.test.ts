import { expect, test } from 'vitest';
import { changed, historyOf, redone, undone } from './history.ts';

test('typing on in one field is one step, a pause or another field begins a new one', () => {
  let history = historyOf('');
  history = changed(history, 'a', 'name', 0);
  history = changed(history, 'ab', 'name', 500);
  history = changed(history, 'abc', 'name', 5_000);
  history = changed(history, 'abc!', 'image', 5_100);
  expect(history.past).toEqual(['', 'ab', 'abc']);
});

test('what was undone can be done again, until something else is done', () => {
  let history = changed(changed(historyOf('1'), '2', '', 0), '3', '', 1);
  history = undone(undone(history));
  expect(history.present).toBe('1');
  expect(undone(history)).toBe(history);
  history = redone(history);
  expect(history.present).toBe('2');
  history = changed(history, 'other', '', 2);
  expect(redone(history).present).toBe('other');
  expect(undone(history).present).toBe('2');
});
