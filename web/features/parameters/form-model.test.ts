import { describe, expect, test } from 'vitest';
import type { ProblemDetails } from '../../../core/api/objects.ts';
import type { Param } from '../../../core/plan.ts';
import { initialFields, serverErrors, toParameters } from './form-model.ts';

const params: Param[] = [
  { name: 'text', type: 'string' },
  { name: 'environment', type: 'string', options: ['nonprod', 'prod'], default: 'nonprod' },
  { name: 'count', type: 'number', default: 3 },
  { name: 'dry', type: 'boolean' },
  { name: 'hosts', type: 'list', default: ['a'] },
  { name: 'more', type: 'object', default: {} },
  { name: 'size', type: 'number', options: [1, 2] },
];

describe('the run form', () => {
  test('stands at the defaults', () => {
    expect(initialFields(params)).toEqual({
      text: '',
      environment: '0',
      count: '3',
      dry: false,
      hosts: '[\n  "a"\n]',
      more: '{}',
      size: '',
    });
  });

  test('stands at what an earlier run was given', () => {
    const fields = initialFields(params, { environment: 'prod', dry: true, size: 2, count: 0 });
    expect(fields).toMatchObject({ environment: '1', dry: true, size: '1', count: '0' });
  });

  test('leaves out what stands at its default, and keeps types', () => {
    const fields = { ...initialFields(params), text: 'x', count: '4.5', size: '1', hosts: '[]' };
    expect(toParameters(params, fields)).toEqual({
      parameters: { text: 'x', count: 4.5, dry: false, hosts: [], size: 2 },
    });
  });

  test('names every input that is not right', () => {
    const fields = { ...initialFields(params), count: 'many', hosts: '{}', more: '{', size: '' };
    expect(toParameters(params, fields)).toEqual({
      errors: {
        text: 'Give a value.',
        count: 'Give a number.',
        hosts: 'Give a list as JSON, as ["a", "b"].',
        more: 'Give an object as JSON, as {"a": 1}.',
        size: 'Choose one.',
      },
    });
  });

  test('an emptied text with a default is sent as empty text', () => {
    const one: Param[] = [{ name: 'tag', type: 'string', default: 'latest' }];
    expect(toParameters(one, { tag: '' })).toEqual({ parameters: { tag: '' } });
  });

  test('an object is not a list, nor null an object', () => {
    const one: Param[] = [{ name: 'o', type: 'object' }];
    for (const text of ['[]', 'null', '1']) expect(toParameters(one, { o: text })).toHaveProperty('errors.o');
  });
});

test('what the server refused stands at its input', () => {
  const at = (path: string, message: string) => ({ file: '', line: 0, column: 0, path, message });
  const problem: ProblemDetails = {
    type: 'about:blank',
    title: 'Invalid',
    status: 400,
    detail: 'Parameters are wrong',
    code: 'invalid_request',
    problems: [
      { ...at('parameters.count', 'too large.'), remedy: 'At most 10.' },
      at('hosts[0]', 'not a host'),
      at('parameters["text"]', 'bad'),
      at('parameters.other', 'unknown'),
      at('counter', 'unknown too'),
    ],
  };
  expect(serverErrors(problem, params)).toEqual({
    errors: { count: 'too large. At most 10.', hosts: 'not a host', text: 'bad' },
    rest: ['unknown', 'unknown too'],
  });
});
