import { expect, test } from 'vitest';
import { splitPairs, typedParameters } from './parameters.ts';

const params = [
  { name: 'text', type: 'string' as const },
  { name: 'count', type: 'number' as const },
  { name: 'on', type: 'boolean' as const },
  { name: 'names', type: 'list' as const },
];

test('a pair is cut at the first equals sign', () => {
  expect(splitPairs(['a=b=c', 'empty='])).toEqual([
    ['a', 'b=c'],
    ['empty', ''],
  ]);
  expect(() => splitPairs(['none'])).toThrow('-p none: write -p name=value.');
  expect(() => splitPairs(['=x'])).toThrow('write -p name=value');
});

test('text stays text, all else is read as JSON, and what does not fit is left for the server to refuse', () => {
  expect(
    typedParameters(params, [
      ['text', '42'],
      ['count', '42'],
      ['on', 'true'],
      ['names', '["a"]'],
      ['unknown', '1'],
    ]),
  ).toEqual({ text: '42', count: 42, on: true, names: ['a'], unknown: '1' });
  expect(typedParameters(params, [['count', 'many']])).toEqual({ count: 'many' });
});

test('one parameter given twice is refused', () => {
  expect(() =>
    typedParameters(params, [
      ['text', 'a'],
      ['text', 'b'],
    ]),
  ).toThrow('-p text is given twice.');
});
