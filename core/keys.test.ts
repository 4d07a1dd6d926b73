import { expect, test } from 'vitest';
import { fairnessKey } from './keys.ts';

test('what shares are fair by is a name, and never longer than Temporal takes', () => {
  expect(fairnessKey('deploy')).toBe('deploy');
  const [one, other] = [`${'a'.repeat(80)}-one`, `${'a'.repeat(80)}-other`].map(fairnessKey);
  expect(one).toHaveLength(64);
  expect(other).not.toBe(one);
});
