import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { palvellaAgainst, palvellaOnTerminal } from '../../test/support/answering.ts';

const digest = 'd'.repeat(64);

function approval(id: number) {
  const parameters = { where: 'prod', key: '***' };
  const run = { pipeline: 'deploy', number: id, version: 3, startedBy: 'token/ann', url: 'http://x', parameters };
  const asked = { roles: ['release'], quorum: 2, decisions: [] };
  const files = [{ key: 'plan.txt', size: 1, sha256: 'e'.repeat(64) }];
  return { id: `a${id}`, run, jobPath: `job-${id}`, prompt: 'Go on?', digest, files, fields: [], ...asked };
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

/** One approval waits; what was decided on it is kept. */
function oneWaits(): { answer: RequestListener; decided: string[] } {
  const decided: string[] = [];
  return {
    decided,
    answer: (request, response) => {
      if (request.method !== 'POST') return response.end(JSON.stringify({ items: [approval(1)], next: null }));
      return void text(request).then((body) => {
        const { verdict, digest: seen } = JSON.parse(body) as { verdict: string; digest: string };
        decided.push(`${verdict} ${seen}`);
        response.end('{}');
      });
    },
  };
}

const shown = `deploy/1 --job job-1: Go on?
  digest dddddddddddd
  deploy version 3, started by token/ann
  asked of release
  0 of 2 have approved
  parameter where: prod
  parameter key: ***
  plan.txt sha256 eeeeeeeeeeee
  to read a file: http://x
`;

test('what waits is listed with all that is decided on', async () => {
  const { answer } = oneWaits();
  expect(await palvellaAgainst(answer, ['approvals'])).toEqual({ status: 0, stdout: shown, stderr: '' });
});

describe('what is decided on', () => {
  test('is what has the digest that one names, in full or its beginning; another is refused, and a shorter one', async () => {
    const { answer, decided } = oneWaits();
    for (const seen of [digest, digest.slice(0, 12).toUpperCase()]) {
      expect(await palvellaAgainst(answer, ['approve', '--digest', seen])).toMatchObject({ status: 0, stderr: '' });
    }
    const before = 'c'.repeat(12);
    expect(await palvellaAgainst(answer, ['approve', '--digest', before])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'What is shown has changed: its digest is dddddddddddd now, not cccccccccccc. Look at it again, as by palvella approvals deploy/1.\n',
    });
    for (const seen of [digest.slice(0, 11), 'latest']) {
      expect(await palvellaAgainst(answer, ['reject', '--digest', seen])).toMatchObject({ status: 2 });
    }
    expect(decided).toEqual([`approve ${digest}`, `approve ${digest}`]);
  });

  test('is shown on a terminal first, and nothing is decided without a yes', async () => {
    const { answer, decided } = oneWaits();
    const no = await palvellaOnTerminal(answer, ['approve'], '\n');
    expect(no.status).toBe(2);
    expect(no.screen).toContain(`${shown}Approve this? [y/N] `);
    expect(no.screen).toContain('Nothing was decided.');
    expect(decided).toEqual([]);
    const yes = await palvellaOnTerminal(answer, ['reject'], 'y\n');
    expect(yes).toMatchObject({ status: 0, screen: expect.stringContaining('Reject this? [y/N]') });
    expect(decided).toEqual([`reject ${digest}`]);
    const named = await palvellaOnTerminal(answer, ['approve', '--digest', digest.slice(0, 12)], '');
    expect(named).toMatchObject({ status: 0, screen: expect.not.stringContaining('[y/N]') });
  });
});
