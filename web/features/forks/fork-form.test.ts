import { expect, test } from 'vitest';
import type { Param } from '../../../core/plan.ts';
import { changedParameters, forkFields, formerValues } from './fork-form.ts';

const params: Param[] = [
  { name: 'to', type: 'string', options: ['nonprod', 'prod'], default: 'nonprod' },
  { name: 'count', type: 'number' },
  { name: 'password', type: 'string', secret: true, default: 'none' },
  { name: 'fresh', type: 'string' },
];
const given = { params, parameters: { to: 'prod', count: 3, password: '***' } };

test('only what is changed is sent, and a secret one is kept unless it is', () => {
  const fields = { ...forkFields(given), fresh: 'x' };
  expect(fields).toMatchObject({ to: '1', count: '3', password: '' });
  expect(changedParameters(given, fields)).toEqual({ parameters: { fresh: 'x' } });
  expect(changedParameters(given, { ...fields, to: '0', password: 'new' })).toEqual({
    parameters: { to: 'nonprod', password: 'new', fresh: 'x' },
  });
});

test('what is missing and what is wrong is said at its field', () => {
  expect(changedParameters(given, { ...forkFields(given), count: 'many' })).toEqual({
    errors: { count: 'Give a number.', fresh: 'Give a value.' },
  });
});

test('former values are told, but none that is secret', () => {
  const fields = { ...forkFields(given), to: '0', password: 'new', fresh: 'x' };
  expect(formerValues(given, fields)).toEqual(['to=prod', 'another password']);
});
