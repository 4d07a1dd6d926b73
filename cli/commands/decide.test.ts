import { expect, test } from 'vitest';
import { palvellaAgainst } from '../../test/support/answering.ts';

const digest = 'd'.repeat(64);

function approval(id: number) {
  const run = { pipeline: 'deploy', number: id };
  return { id: `a${id}`, run, jobPath: `job-${id}`, prompt: 'Go on?', digest, files: [], fields: [] };
}

test('a Job is found among more approvals than one page holds', async () => {
  const decided: (string | undefined)[] = [];
  const outcome = await palvellaAgainst(
    (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      if (request.method === 'POST') {
        decided.push(pathname);
        return response.end('{}');
      }
      const after = Number(searchParams.get('cursor'));
      const items = Array.from({ length: 50 }, (_, at) => approval(after + at));
      return response.end(JSON.stringify({ items, next: after < 100 ? String(after + 50) : null }));
    },
    ['approve', '--job', 'job-120'],
  );
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
  expect(outcome.stdout).toContain('approved deploy/120 job-120');
  expect(decided).toEqual(['/api/v1/approvals/a120/decisions']);
});
