import { describe, expect, test } from 'vitest';
import type { Value } from '../plan.ts';
import { evaluateFields, evaluateValue, type Scope, splitTemplate } from './index.ts';

const scope: Scope = {
  parameters: { n: 3, text: 'a', fake: { from_credential: 'stolen' }, list: [1] },
  params: {},
  actions: {},
  jobs: {},
  trigger: {},
};
const value = (of: Value) => evaluateValue(of, scope).value;

describe('a value', () => {
  test('that is one expression keeps its type, in a text it becomes text', () => {
    expect(value({ expr: 'pipeline.parameters.n' })).toBe(3);
    expect(
      value({ template: ['n=', { expr: 'pipeline.parameters.n' }, ' l=', { expr: 'pipeline.parameters.list' }] }),
    ).toBe('n=3 l=[1]');
    expect(value({ list: [{ literal: 1 }, { object: { a: { expr: 'pipeline.parameters.text' } } }] })).toEqual([
      1,
      { a: 'a' },
    ]);
  });

  test('keeps a field called __proto__ as data', () => {
    const made = value({ object: Object.fromEntries([['__proto__', { literal: { polluted: true } }]]) });
    expect(Object.keys(made as object)).toEqual(['__proto__']);
    expect((made as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('refers to a Credential by the plan only, never by data', () => {
    const { value: input, credentials } = evaluateFields(
      {
        headers: { object: { token: { credential: { name: 'api', property: 'token' } } } },
        list: { list: [{ literal: 1 }, { credential: { name: 'other' } }] },
        fake: { expr: 'pipeline.parameters.fake' },
      },
      scope,
    );
    expect(credentials).toEqual([
      { at: ['headers', 'token'], name: 'api', property: 'token' },
      { at: ['list', 1], name: 'other' },
    ]);
    expect(input).toEqual({ headers: { token: null }, list: [1, null], fake: { from_credential: 'stolen' } });
  });
});

describe('a text is cut at its expressions', () => {
  test.each([
    ['a', ['a']],
    ['${{ x }}', [{ expr: 'x' }]],
    ['a ${{x}} b ${{ y }}', ['a ', { expr: 'x' }, ' b ', { expr: 'y' }]],
    ['${{ {"a": {"b": 1}} }}', [{ expr: '{"a": {"b": 1}}' }]],
    ['${{ "}}" }}', [{ expr: '"}}"' }]],
    ["${{ '\\'}}' }}", [{ expr: "'\\'}}'" }]],
    ['$ {{ x }} ${x}', ['$ {{ x }} ${x}']],
  ])('%s', (text, parts) => {
    expect(splitTemplate(text)).toEqual({ parts });
  });

  test.each(['${{', '${{ x', '${{ x }', '${{ }}', 'a ${{ "}} '])('%s is refused', (text) => {
    expect(splitTemplate(text)).toHaveProperty('fault');
  });
});
