import { expect, test } from 'vitest';
import { pathText } from '../../../core/language/document.ts';
import { jobPlaceOf, placeOf, problemText, stepsOf } from './problem-place.ts';

test.each([[['jobs', 0, 'args', 'a "b" [c]', 2]], [['jobs', 12, 'actions', 0, 'run']], [[]], [['x-y', '1']]])(
  'a path %j is read as it is told',
  (path) => {
    expect(stepsOf(pathText(path))).toEqual(path);
  },
);

test('the innermost Job or Action is found', () => {
  const path = ['jobs', 0, 'jobs', 1, 'actions', 2, 'slack', 'channel'];
  expect(placeOf(path)).toEqual(path.slice(0, 6));
  expect(jobPlaceOf(path)).toEqual(path.slice(0, 4));
  expect(placeOf(['parameters', 0, 'name'])).toEqual([]);
  expect(placeOf(['actions', 0, 'run'])).toEqual(['actions', 0]);
});

test('a problem belongs to its field alone', () => {
  const problem = { file: '', line: 1, column: 1, path: 'jobs[0].image', message: 'No.', remedy: 'Write one.' };
  expect(problemText([problem], ['jobs', 0, 'image'])).toBe('No. Write one.');
  expect(problemText([problem], ['jobs', 0])).toBeUndefined();
});
