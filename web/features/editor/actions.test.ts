import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CatalogueAction } from '../../../core/api/catalogue.ts';
import { catalogueAnswer } from '../../../core/api/catalogue.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { builtInCatalogue } from '../../../core/language/index.ts';
import { newAction, readAction, summaryOf, withInput, withType } from './actions.ts';

const { actions } = catalogueAnswer(builtInCatalogue);
const known = (type: string) => actions.find(({ id }) => id === type);
const common = new Set(['name', 'type', 'requires', 'on_success', 'on_failure', 'skip_if']);
const action = (id: string) => known(id) as CatalogueAction;

test.each<[string, JsonObject, JsonObject]>([
  ['short', { name: 'a', run: 'make' }, { command: 'make' }],
  ['short, with fields beside', { run: 'make', directory: 'src' }, { command: 'make', directory: 'src' }],
  ['an object', { slack: { channel: '#a', message: 'b' } }, { channel: '#a', message: 'b' }],
  ['declared', { type: 'run', command: 'make', name: 'a' }, { command: 'make' }],
  ['a Credential', { http: { from_credential: 'hook' } }, { url: { from_credential: 'hook' } }],
])('reads %s', (_, entry, input) => {
  expect(readAction(entry, known, common).input).toEqual(input);
});

test('writes where and as it was', () => {
  expect(withInput({ run: 'make', name: 'a' }, action('run'), { command: 'test', directory: 'x' })).toEqual({
    run: 'test',
    name: 'a',
    directory: 'x',
  });
  expect(withInput({ run: { command: 'a', directory: 'x' } }, action('run'), { command: 'b', directory: 'y' })).toEqual(
    {
      run: { command: 'b', directory: 'y' },
    },
  );
  expect(withInput({ type: 'slack', channel: '#a', name: 'n' }, action('slack'), { channel: '#b' })).toEqual({
    type: 'slack',
    channel: '#b',
    name: 'n',
  });
  expect(withInput({ http: 'https://a' }, action('http'), { url: 'https://a', method: 'POST' })).toEqual({
    http: { url: 'https://a', method: 'POST' },
  });
  expect(withInput({ match: 'a', of: 'b' }, action('match'), { pattern: 'a', of: undefined })).toEqual({ match: 'a' });
});

test('whatever the fields, what is written is read again', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant({ from_credential: 'x' })) as fc.Arbitrary<Json>;
  const fields = fc.constantFrom(...actions).chain((each) =>
    fc.record({
      each: fc.constant(each),
      before: fc.dictionary(
        fc.constantFrom(...Object.keys(each.schema.properties ?? { any: 1 }), each.short ?? 'any'),
        value,
      ),
      after: fc.dictionary(
        fc.constantFrom(...Object.keys(each.schema.properties ?? { any: 1 }), each.short ?? 'any'),
        value,
      ),
      isDeclared: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(fields, ({ each, before, after, isDeclared }) => {
      if (each.short !== null && (before[each.short] === undefined || after[each.short] === undefined)) return;
      const start: JsonObject = isDeclared ? { name: 'n', type: each.id } : newAction(each, 'n');
      const removed = Object.fromEntries(Object.keys(before).map((name) => [name, undefined]));
      const first = withInput(start, each, before);
      expect(readAction(first, known, new Set([...common, 'type'])).input).toEqual(before);
      const second = withInput(first, each, { ...removed, ...after });
      expect(readAction(second, known, common)).toEqual({ type: each.id, input: after });
      expect(second['name']).toBe('n');
    }),
  );
});

test('another type keeps what belongs to none', () => {
  const entry = { name: 'a', match: 'x', of: 'y', on_failure: 'end failure' };
  expect(withType(entry, action('fail'), common)).toMatchObject({ name: 'a', on_failure: 'end failure' });
  expect(withType(entry, action('fail'), common)).not.toHaveProperty('match');
  expect(withType(entry, action('fail'), common)).not.toHaveProperty('of');
});

test('is told in one line', () => {
  expect(summaryOf(readAction({ run: 'a\nb' }, known, common), action('run'))).toBe('a');
  expect(summaryOf(readAction({ slack: { channel: '#c', message: 'm' } }, known, common), action('slack'))).toBe('#c');
});
