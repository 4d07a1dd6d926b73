import { expect, test } from 'vitest';
import { nameParts } from './name-parts.ts';

test('a long name keeps its last words apart, which tell it from others that begin alike', () => {
  expect(nameParts('terraform-nonprod-plan')).toEqual(['terraform-', 'nonprod-plan']);
  expect(nameParts('terraform-nonprod-apply')).toEqual(['terraform-', 'nonprod-apply']);
});

test('where no word begins near its end, it is cut anywhere', () => {
  expect(nameParts('buildeverythingthereis')).toEqual(['buildevery', 'thingthereis']);
  expect(nameParts('buildeverythingthereis-x')).toEqual(['buildeveryth', 'ingthereis-x']);
});

test('a short name stays whole', () => {
  expect(nameParts('approve-nonprod')).toEqual(['approve-nonprod', '']);
});
