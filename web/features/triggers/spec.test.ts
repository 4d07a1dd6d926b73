import { expect, test } from 'vitest';
import { shownTrigger } from './spec.ts';

test.each([
  [
    { github: { events: ['push', 'pull_request'], branches: ['main'], secret: { from_credential: 's' } } },
    'push, pull_request from GitHub; branches main',
  ],
  [{ after: { pipeline: 'a', status: ['timed_out'] } }, 'The end of a: timed out'],
  [{ after: { pipeline: 'a' } }, 'The end of a: succeeded'],
  [{ rest: {} }, 'A call by REST'],
])('%j', (spec, listens) => {
  expect(shownTrigger({ name: 't', spec })).toMatchObject({ name: 't', listens });
});

test('what it starts and is signed with', () => {
  const spec = {
    gitlab: { events: ['push'], secret: { from_credential: 's' } },
    runs: [{ pipeline: 'a' }, { pipeline: 'b' }],
  };
  expect(shownTrigger({ name: 't', spec })).toMatchObject({ starts: ['a', 'b'], credential: 's', source: 'gitlab' });
});
