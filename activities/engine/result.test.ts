import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exit } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { placeValues } from './credentials.ts';
import { endingOf, endingOfError, maskJson, maxOutputBytes } from './result.ts';

const exit: Exit = { status: 3, namedOutput: '', info: {} };

describe('the end of an Action', () => {
  test('is what its code says, with the exit status of its command', () => {
    expect(endingOf({ status: 'failed', output: { a: 1 }, reason: 'no' }, exit)).toEqual({
      status: 'failed',
      exitStatus: 3,
      output: { a: 1 },
      reason: 'no',
    });
    expect(endingOf({ status: 'succeeded' }, undefined)).toEqual({
      status: 'succeeded',
      exitStatus: null,
      output: {},
      reason: null,
    });
  });

  test('is errored where the machinery broke, whatever its code says', () => {
    expect(endingOf({ status: 'succeeded', output: { a: 1 } }, { ...exit, broke: 'Gone.' })).toMatchObject({
      status: 'errored',
      output: {},
      reason: 'Gone.',
    });
  });

  test('is errored by outputs above the bound, not at it', () => {
    const ofBytes = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });
    expect(endingOf({ status: 'succeeded', output: ofBytes(maxOutputBytes) }, exit).status).toBe('succeeded');
    expect(endingOf({ status: 'succeeded', output: ofBytes(maxOutputBytes + 1) }, exit).status).toBe('errored');
  });

  test('is errored by what is thrown, as sentences', () => {
    expect(endingOfError(new PalvellaError('engine_failed', 'no room', { remedy: 'Make some.' })).reason).toBe(
      'No room. Make some.',
    );
    expect(endingOfError('text').reason).toBe('Text.');
    expect(endingOfError(new Error('why?')).reason).toBe('Why?');
  });

  test('is masked in every text, names of fields among them', () => {
    const mask = (text: string) => text.replaceAll('secret', '***');
    const spoil = (text: string) => text.replaceAll('a', 'secret');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const masked = JSON.stringify(maskJson(maskJson(value as Json, spoil), mask));
        expect(masked).not.toContain('secret');
      }),
    );
    expect(maskJson([4711, 14, true], (text) => text.replace('4711', '***'))).toEqual(['***', 14, true]);
    expect(maskJson({ secret: ['a secret', 1, null, { x: 'secret' }] }, mask)).toEqual({
      '***': ['a ***', 1, null, { x: '***' }],
    });
  });
});

describe('leased values', () => {
  test('go where their uses say, in a copy', () => {
    const target = { a: { b: ['x', ''] }, c: '' };
    const uses = [
      { at: ['a', 'b', 1], name: 'one' },
      { at: ['c'], name: 'two' },
    ];
    expect(placeValues(target, uses, ['1', '2'])).toEqual({ a: { b: ['x', '1'] }, c: '2' });
    expect(target).toEqual({ a: { b: ['x', ''] }, c: '' });
  });

  test('never reach beyond the object', () => {
    expect(() => placeValues({}, [{ at: ['__proto__', 'polluted'], name: 'x' }], ['1'])).toThrow('no place');
    expect(() => placeValues({}, [{ at: ['constructor', 'prototype', 'polluted'], name: 'x' }], ['1'])).toThrow(
      'no place',
    );
    const placed = placeValues({}, [{ at: ['__proto__'], name: 'x' }], ['1']) as JsonObject;
    expect(Object.keys(placed)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that were not given are missed', () => {
    expect(() => placeValues({ a: '' }, [{ at: ['a'], name: 'x' }], [])).toThrow(
      expect.objectContaining({ code: 'credential_unavailable' }),
    );
    expect(() => placeValues({ a: 'text' }, [{ at: ['a', 'b'], name: 'x' }], ['1'])).toThrow('no place');
  });
});
