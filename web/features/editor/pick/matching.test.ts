import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const offers = [
  { id: 'http', title: 'HTTP request', description: 'Makes a request', group: 'Types' },
  { id: 'match', title: 'Regular expression match', description: 'Succeeds when a text fits', group: 'Types' },
  { id: 'compare', title: 'Compare values', description: 'Succeeds when an expression is true', group: 'Types' },
];
const found = (query: string) => matching(offers, query).map(({ id }) => id);

test('every word is looked for, in title, id and description; titles come first', () => {
  expect(found('')).toEqual(['http', 'match', 'compare']);
  expect(found('expression')).toEqual(['match', 'compare']);
  expect(found('true expression')).toEqual(['compare']);
  expect(found('MATCH regular')).toEqual(['match']);
  expect(found('nothing')).toEqual([]);
});
