import { expect, test } from 'vitest';
import { gitlab } from './gitlab.ts';

test('the pipeline of a branch is about that branch, though its payload has a merge request that is null', () => {
  const headers = new Map([['x-gitlab-event', 'Pipeline Hook']]);
  const payload = { merge_request: null, object_attributes: { ref: 'main', tag: false, status: 'success' } };
  const { event, facts } = gitlab.read({ headers, body: Buffer.from('') }, payload);
  expect({ event, ...facts }).toMatchObject({ event: 'pipeline', branch: 'main', action: 'success', fork: false });
});
