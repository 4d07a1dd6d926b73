import { expect, test } from 'vitest';
import { errorCode } from './errors.ts';

test('only our own codes are codes, whatever every object has', () => {
  expect(errorCode({ code: 'conflict' })).toBe('conflict');
  for (const code of ['constructor', 'toString', 'ECONNRESET', 7, undefined])
    expect(errorCode({ code })).toBeUndefined();
  expect(errorCode(null)).toBeUndefined();
});
