import { expect, test } from 'vitest';
import { storableJson, storableText } from './storable.ts';

test.each([
  ['a\0b', 'a\uFFFDb'],
  ['\ud800', '\uFFFD'],
  ['\udfff\ud800x', '\uFFFD\uFFFDx'],
  ['\\\0', '\\\uFFFD'],
  ['\\u0000', '\\u0000'],
  ['\\\\u0000\\ud800', '\\\\u0000\\ud800'],
  ['😀 ä \u0001', '😀 ä \u0001'],
])('%j is stored as %j', (text, stored) => {
  expect(JSON.parse(storableJson({ [text]: [text] }))).toEqual({ [stored]: [stored] });
});

test('text holds no NUL', () => {
  expect(storableText('a\0b\0')).toBe('a\uFFFDb\uFFFD');
});
