import { expect, test } from 'vitest';
import { like } from './like.ts';

test('what means something in a pattern is only itself', () => {
  expect(like('50%_\\')).toBe('%50\\%\\_\\\\%');
});

test('no text is found everywhere', () => {
  expect(like(undefined)).toBe('%%');
});
