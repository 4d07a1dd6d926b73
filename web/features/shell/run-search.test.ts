import { expect, test } from 'vitest';
import { matchesRun } from './run-search.ts';

const run = { pipeline: 'Deploy-prod', number: 128 };

test.each(['', 'deploy', 'PROD', 'deploy 128', 'deploy#12', 'deploy/128', '#128', '12'])('%j finds it', (query) => {
  expect(matchesRun(run, query)).toBe(true);
});

test.each(['build', 'deploy 28', '28', 'deploy/129'])('%j does not', (query) => {
  expect(matchesRun(run, query)).toBe(false);
});
