import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNamedOutput } from './named-output.ts';

const outputOf = (text: string) => {
  const parsed = parseNamedOutput(text);
  return parsed.ok ? parsed.output : parsed.reason;
};
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/);

describe('named outputs', () => {
  test.each([
    ['a=1', { a: 1 }],
    ['a=1.50', { a: '1.50' }],
    ['a=007', { a: '007' }],
    ['a=-0', { a: '-0' }],
    ['a=1e21', { a: '1e21' }],
    ['a=NaN', { a: 'NaN' }],
    ['a=Infinity', { a: 'Infinity' }],
    ['a=9007199254740993', { a: '9007199254740993' }],
    ['a=null', { a: 'null' }],
    ['a=true\nb=false\nc=True', { a: true, b: false, c: 'True' }],
    ['a=[1, "x"]', { a: [1, 'x'] }],
    ['a={"b": 1}', { a: { b: 1 } }],
    ['a=[not a list', { a: '[not a list' }],
    ['a=', { a: '' }],
    ['a=b=c', { a: 'b=c' }],
    ['a= spaced ', { a: ' spaced ' }],
    ['a=1\r\n\r\nb=2\r\n', { a: 1, b: 2 }],
    ['a=1\na=2', { a: 2 }],
    ['', {}],
    ['{"a": 1, "b": [true]}', { a: 1, b: [true] }],
    ['\n{\n"a": 1\n}\n', { a: 1 }],
  ])('%j is %j', (text, output) => {
    expect(outputOf(text)).toEqual(output);
  });

  test.each(['no equals', '1a=x', '=x', 'a b=c', '{"a": 1', '[1]'])('%j is refused with its line', (text) => {
    expect(outputOf(`ok=1\n${text}`)).toContain('Line 2 ');
  });

  test('a name such as __proto__ is a name like any other', () => {
    const output = outputOf('__proto__=x') as Record<string, unknown>;
    expect(Object.keys(output)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('any object written as JSON comes back', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), (object) => {
        expect(outputOf(JSON.stringify(object))).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });

  test('any list or object as a value comes back', () => {
    fc.assert(
      fc.property(name, fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(name, fc.jsonValue())), (key, value) => {
        expect(outputOf(`${key}=${JSON.stringify(value)}`)).toEqual({ [key]: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  test('a value is never changed: what is not kept as text prints back the same', () => {
    fc.assert(
      fc.property(
        name,
        fc.string().filter((value) => !/[\r\n]|^\s*[[{]/.test(value)),
        (key, value) => {
          expect(String((outputOf(`${key}=${value}`) as Record<string, unknown>)[key])).toBe(value);
        },
      ),
    );
  });

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseNamedOutput(text)));
  });
});
