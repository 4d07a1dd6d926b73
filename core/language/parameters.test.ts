import { describe, expect, test } from 'vitest';
import type { Param } from '../plan.ts';
import { checkParameters, coerceParameter } from './parameters.ts';

const params: Param[] = [
  { name: 'environment', type: 'string', options: ['nonprod', 'prod'], default: 'nonprod' },
  { name: 'count', type: 'number' },
  { name: 'deploy', type: 'boolean', default: true },
  { name: 'tags', type: 'list', default: [] },
  { name: 'labels', type: 'object', options: [{ a: 1, b: 2 }], default: { a: 1, b: 2 } },
];

test('parameters are completed with their defaults, in the order of their definition', () => {
  expect(checkParameters(params, { labels: { b: 2, a: 1 }, count: 2 })).toEqual({
    values: { environment: 'nonprod', count: 2, deploy: true, tags: [], labels: { b: 2, a: 1 } },
  });
});

describe('what is right is told', () => {
  test.each([
    [{}, 'count is missing: it takes a number'],
    [{ count: '2' }, 'count takes a number, not a string'],
    [{ count: 2, environment: 'test' }, 'environment takes one of "nonprod", "prod", not "test"'],
    [{ count: 2, environment: 5 }, 'environment takes one of "nonprod", "prod", not a number'],
    [{ count: 2, enviroment: 'prod' }, 'there is no parameter "enviroment"; did you mean "environment"?'],
    [{ count: 2, zebra: 'prod' }, 'there is no parameter "zebra"; there is environment, count, deploy, tags, labels'],
    [{ count: null }, 'count takes a number, not nothing'],
    [{ count: 2, deploy: 'yes' }, 'deploy takes a boolean, not a string'],
    [{ count: 2, tags: {} }, 'tags takes a list, not an object'],
    [{ count: 2, labels: { a: 1 } }, 'labels takes one of {"a":1,"b":2}, not {"a":1}'],
    [{ count: 2, tags: ['ä'.repeat(40_000)] }, 'tags is larger than 64 KiB; pass a file or an address instead'],
    [JSON.parse('{"count": 2, "__proto__": {"deploy": false}}'), 'there is no parameter "__proto__"'],
  ])('%j', (given, message) => {
    const result = checkParameters(params, given);
    expect('problems' in result && result.problems.map((one) => one.message).join()).toContain(message);
  });

  test('all at once', () => {
    const result = checkParameters(params, { x: 1, environment: 'y' });
    expect('problems' in result && result.problems.map(({ name }) => name)).toEqual(['x', 'environment', 'count']);
  });

  test('where there are none', () => {
    expect(checkParameters([], { x: 1 })).toEqual({
      problems: [{ name: 'x', message: 'there is no parameter "x"; there are none' }],
    });
  });
});

test.each([
  ['string', '5', '5'],
  ['number', '5', 5],
  ['number', '-1.5e3', -1500],
  ['number', 'five', 'five'],
  ['boolean', 'true', true],
  ['boolean', 'yes', 'yes'],
  ['list', '[1, "a"]', [1, 'a']],
  ['list', '{"a": 1}', '{"a": 1}'],
  ['object', '{"a": 1}', { a: 1 }],
  ['object', 'a', 'a'],
] as const)('on a command line a %s written %s is %j', (type, text, value) => {
  expect(coerceParameter({ type }, text)).toEqual(value);
});
