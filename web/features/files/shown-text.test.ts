import { expect, test } from 'vitest';
import { shownText } from './shown-text.ts';

test('JSON is set in where it is whole and is JSON', () => {
  expect(shownText('a.json', { text: '{"a":[1]}', isCut: false })).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(shownText('a.json', { text: '{"a":', isCut: false })).toBe('{"a":');
  expect(shownText('a.json', { text: '{"a":1}', isCut: true })).toBe('{"a":1}');
  expect(shownText('a.txt', { text: '{"a":1}', isCut: false })).toBe('{"a":1}');
});
