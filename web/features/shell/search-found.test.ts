import { expect, test } from 'vitest';
import { foundOf, foundPages, matches, readWish, searchedKinds } from './search-found.ts';

test('each kind leads to where it is seen', () => {
  const hit = (kind: (typeof searchedKinds)[number], id: string) => ({ kind, id, title: id, text: '', status: null });
  const hrefs = foundOf([hit('Pipeline', 'deploy'), hit('run', 'deploy/12'), hit('file', 'deploy/3')]).map(
    ({ href }) => href,
  );
  expect(hrefs).toEqual(['/pipelines/deploy', '/runs/deploy/12', '/runs/deploy/3']);
  for (const kind of searchedKinds) expect(foundOf([hit(kind, 'a/1')])).toHaveLength(1);
});

test('a name that looks like a path stays one segment', () => {
  const hit = { kind: 'Pipeline' as const, id: '../x?y', title: '', text: '', status: null };
  expect(foundOf([hit])[0]?.href).toBe('/pipelines/..%2Fx%3Fy');
});

test.each([
  ['run deploy', true, 'deploy'],
  ['Start  deploy api', true, 'deploy api'],
  ['run', false, 'run'],
  ['runs', false, 'runs'],
  ['running deploy', false, 'running deploy'],
])('%j wants a run started: %j', (query, starts, text) => {
  expect(readWish(query)).toEqual({ starts, text });
});

test('pages and commands are found by any of their words', () => {
  expect(foundPages('work')).toMatchObject([{ title: 'Workers', href: '/workers' }]);
  expect(matches('Use the dark theme', 'theme dark')).toBe(true);
  expect(matches('Use the dark theme', 'theme light')).toBe(false);
});
