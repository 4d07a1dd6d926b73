import { expect, test } from 'vitest';
import { leftOf } from './typed.ts';

test.each([
  ['what one sent, with more on its way', ['a', 'ab'], 'a', ['ab']],
  ['the last of what one sent, without those before', ['a', 'ab'], 'ab', []],
  ['what somebody else set', ['a'], '', undefined],
  ['anything, when one sent nothing', [], 'a', undefined],
])('%s', (_, sent, value, left) => {
  expect(leftOf(sent, value)).toEqual(left);
});
