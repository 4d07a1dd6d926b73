import { expect, test } from 'vitest';
import type { RunDetail } from '../../core/api/objects.ts';
import type { Wait } from '../../core/run-state.ts';
import { usualDataDir } from '../data-dir.ts';
import { narrate } from '../narrate.ts';
import { runsText } from './runs.ts';
import { runText } from './show.ts';

const lock: Wait = {
  kind: 'lock',
  names: ['prod'],
  position: 2,
  holders: [{ pipeline: 'deploy', number: 7, job: null, since: '2030-01-01T00:00:00.000Z' }],
};
const paused: Wait = { kind: 'paused', by: 'mona', since: '2030-01-01T00:00:00.000Z', note: 'we move house' };
const unserved: Wait = {
  kind: 'worker',
  engine: 'docker',
  requires: {},
  search: { found: 'none', unmet: ['engine'], text: 'no Worker has docker' },
};
const approval: Wait = { kind: 'approval', approvalId: 'x', roles: ['ops'] };

function run(wait: Wait | null, jobWait: Wait | null = null): RunDetail {
  const job = {
    path: 'go',
    status: 'waiting',
    wait: jobWait,
    reason: null,
    startedAt: null,
    endedAt: null,
    actions: [],
  };
  return {
    pipeline: 'deploy',
    number: 8,
    status: 'queued',
    url: 'http://x',
    reason: null,
    startedBy: 'mona',
    startedAt: null,
    endedAt: null,
    wait,
    jobs: jobWait === null ? [] : [job],
  } as unknown as RunDetail;
}

const told = [
  [lock, 'waits for the lock prod, position 2: deploy/7 has it: see palvella locks'],
  [{ ...lock, kind: 'group', group: 'g', limit: 1 }, 'waits for a place in the group g, position 2: deploy/7 has it'],
  [paused, 'waits, as the server is paused by mona: we move house: see palvella resume'],
  [approval, 'waits for approval by ops: palvella approve deploy/8   (or: '],
] as [Wait, string][];

function narrated(wait: Wait, dataDir: string): string[] {
  const lines: string[] = [];
  const listener = narrate((line) => void lines.push(line), dataDir);
  for (const state of [run(wait), run(wait), run(null)]) listener.changed(state);
  return lines;
}

test.each(told)('a run that waits as a whole says why wherever it is shown: %j', (wait, text) => {
  expect(runText(run(wait), usualDataDir).split('\n')[1]).toContain(`  ${text}`);
  expect(runsText([run(wait)], usualDataDir).split('\n')[1]).toContain(`mona  ${text}`);
  expect(narrated(wait, usualDataDir)).toEqual([expect.stringContaining(`# ${text}`)]);
});

test.each([
  [lock, 'locks'],
  [paused, 'resume'],
  [approval, 'approve deploy/8'],
  [unserved, 'workers'],
] as [Wait, string][])('a command that it tells of finds the same server: %j', (wait, command) => {
  const text = `palvella ${command} --data-dir /srv/of-mona`;
  expect(runText(run(wait), '/srv/of-mona')).toContain(text);
  expect(runText(run(null, wait), '/srv/of-mona')).toContain(text.replace('deploy/8', 'deploy/8 --job go'));
  expect(runsText([run(wait)], '/srv/of-mona')).toContain(text);
  expect(narrated(wait, '/srv/of-mona').join()).toContain(text);
});

test('what a Job waits for is said once, with the Job', () => {
  const text = runText(run(approval, approval), usualDataDir);
  expect(text.split('waits for approval')).toHaveLength(2);
  expect(text).toContain('palvella approve deploy/8 --job go');
});

test('a run that waits for nothing says nothing of it', () => {
  expect(runText(run(null), usualDataDir)).not.toContain('waits');
  expect(runsText([run(null)], usualDataDir)).not.toContain('waits');
});
