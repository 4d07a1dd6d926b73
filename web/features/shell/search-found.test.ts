import { expect, test } from 'vitest';
import { foundOf, foundPages, matches, readWish, searchedKinds } from './search-found.ts';

test.each([
  ['Pipeline', 'deploy', '/pipelines/deploy'],
  ['run', 'deploy/12', '/runs/deploy/12'],
  ['approval', 'deploy/12', '/runs/deploy/12'],
  ['delivery', '01a2', '/deliveries/01a2'],
  ['Job', 'compile', '/jobs/compile'],
  ['Action', 'announce', '/actions/announce'],
  ['Engine', 'box', '/engines/box'],
  ['Trigger', 'on-push', '/triggers/on-push'],
  ['schedule', 'nightly', '/schedules/nightly'],
  ['worker', 'w-1', '/workers'],
  ['file', 'deploy/3', '/runs/deploy/3?tab=files&file=reports%2Fa+b.html'],
] as const)('%s %s leads to %s', (kind, id, href) => {
  expect(searchedKinds).toContain(kind);
  expect(foundOf([{ kind, id, title: 'reports/a b.html', text: '', status: null }])[0]?.href).toBe(href);
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
