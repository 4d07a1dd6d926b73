import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { canonicalJson, contentId } from './canonical.ts';

function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]): [string, Json] => [name, turned(field)]);
  return Object.fromEntries(fields.reverse());
}

test('equal content has one id, whatever the order of its fields', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(contentId(canonicalJson(turned(json)))).toBe(contentId(canonicalJson(json)));
      expect(JSON.parse(canonicalJson(json))).toEqual(json);
    }),
  );
});

test('other content has another', () => {
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  expect(canonicalJson({ a: 1, b: undefined })).toBe('{"a":1}');
});
