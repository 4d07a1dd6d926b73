import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

test('keeps a path of this server', () => {
  expect(nextPage('/runs/deploy/3?job=a#L5')).toBe('/runs/deploy/3?job=a#L5');
});

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/a\n//b',
  '/\t/evil.example',
])('refuses %j', (wanted) => {
  expect(nextPage(wanted)).toBe('/');
});
