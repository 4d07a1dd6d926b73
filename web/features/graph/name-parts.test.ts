import { expect, test } from 'vitest';
import { nameParts } from './name-parts.ts';

test('a long name keeps its end apart, which tells it from others that begin alike', () => {
  expect(nameParts('terraform-nonprod-plan')).toEqual(['terraform-', 'nonprod-plan']);
  expect(nameParts('terraform-nonprod-apply')).toEqual(['terraform-n', 'onprod-apply']);
});

test('a short name stays whole', () => {
  expect(nameParts('approve-nonprod')).toEqual(['approve-nonprod', '']);
});
