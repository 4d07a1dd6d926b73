import { expect, test } from 'vitest';
import { crumbs } from './crumbs.ts';

const labels = (path: string) => crumbs(path).map((crumb) => crumb.label);

test('home and unknown places have no breadcrumb', () => {
  expect(labels('/')).toEqual([]);
  expect(labels('/nowhere/at/all')).toEqual([]);
});

test('a run is under its Pipeline', () => {
  expect(crumbs('/runs/a%20b/12')).toEqual([
    { label: 'Pipelines', href: '/pipelines' },
    { label: 'a b', href: '/pipelines/a%20b' },
    { label: '#12', href: '/runs/a%20b/12' },
  ]);
});

test('a try is under what it tries', () => {
  expect(crumbs('/runs/try%3Aship/2')).toMatchObject([
    { label: 'Pipelines' },
    { label: 'Try of ship', href: '/pipelines/ship' },
    { label: '#2' },
  ]);
});

test('what is in the library is under its kind', () => {
  expect(crumbs('/jobs/build')).toEqual([
    { label: 'Jobs', href: '/jobs' },
    { label: 'build', href: '/jobs/build' },
  ]);
});

test('a list is one step', () => {
  expect(crumbs('/runs')).toEqual([{ label: 'Runs', href: '/runs' }]);
});

test('an editor is told apart from a run', () => {
  expect(labels('/pipelines/new')).toEqual(['Pipelines', 'New']);
  expect(labels('/pipelines/deploy/edit')).toEqual(['Pipelines', 'deploy', 'Edit']);
  expect(labels('/edit/Job/plan')).toEqual(['Edit the Job plan']);
  expect(labels('/edit/Job')).toEqual(['New Job']);
});
