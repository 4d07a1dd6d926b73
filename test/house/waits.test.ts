import { expect, test } from 'vitest';
import { waitText as commandText } from '../../cli/narrate.ts';
import { Wait } from '../../core/run-state.ts';
import { waitEnd } from '../../core/wait-end.ts';
import { endText, waitText as pageText } from '../../web/features/status/wait-text.ts';

type Kind = Wait['kind'];
interface Told<Of extends Kind> {
  wait: Extract<Wait, { kind: Of }>;
  /** What the API says would end it. */
  end: string;
  page: string;
  command: string;
}

const until = '2026-03-01T10:02:00.000Z';
const since = '2026-03-01T09:00:00.000Z';
const holders = [{ pipeline: 'deploy', number: 7, job: null, since }];

/** By kind: what has no line here does not compile. */
const all: { [Of in Kind]: Told<Of> } = {
  approval: {
    wait: { kind: 'approval', approvalId: 'a', roles: ['owner', 'ops'] },
    end: 'Somebody of the role owner or ops approves or rejects',
    page: 'Waits for approval by owner or ops',
    command: 'waits for approval by owner or ops: palvella approve p/1 --data-dir /d   (or: palvella reject …)',
  },
  trigger: {
    wait: { kind: 'trigger', trigger: 'released', until },
    end: 'The Trigger released is sent something; at 2026-03-01T10:02:00Z it has timed out',
    page: 'Waits for the Trigger released, 2 min more',
    command: 'waits for what the Trigger released is sent until 2026-03-01T10:02:00Z',
  },
  timer: {
    wait: { kind: 'timer', until },
    end: 'It is 2026-03-01T10:02:00Z',
    page: 'Waits 2 min more',
    command: 'waits until 2026-03-01T10:02:00Z',
  },
  retry: {
    wait: { kind: 'retry', until, attempt: 2 },
    end: 'Try 2 begins at 2026-03-01T10:02:00Z',
    page: 'Tries again in 2 min, try 2',
    command: 'waits until 2026-03-01T10:02:00Z for attempt 2',
  },
  worker: {
    wait: { kind: 'worker', engine: 'docker', requires: { gpu: 'yes' }, position: 3 },
    end: 'A Worker that meets what it asks for takes it; 2 ask the same before it',
    page: 'Waits for a Worker with engine docker and label gpu=yes, position 3',
    command: 'waits for a Worker with engine docker gpu=yes, position 3',
  },
  worker_lost: {
    wait: { kind: 'worker_lost', worker: 'w1', action: 'apply' },
    end: 'The Worker w1 comes back, or somebody says what became of the Action',
    page: 'Worker w1 was lost while “apply” ran',
    command:
      "waits for a decision, as Worker w1 was lost in Action apply: repeat, count as done or fail it on the run's page",
  },
  window: {
    wait: { kind: 'window', position: 2 },
    end: 'Jobs of this run end',
    page: 'Waits in line, position 2',
    command: 'waits for its turn, position 2',
  },
  jobs: {
    wait: { kind: 'jobs', names: ['build', 'test'] },
    end: 'The Jobs build and test end',
    page: 'Waits for the Jobs build and test',
    command: 'waits for the Jobs build and test',
  },
  outer: {
    wait: { kind: 'outer', job: 'release' },
    end: 'The Job release begins',
    page: 'Waits for the Job release to begin',
    command: 'waits for the Job release to begin',
  },
  part: {
    wait: { kind: 'part' },
    end: 'The run comes to it, which with very many Jobs is once others of it have ended',
    page: 'Waits for the run to come to it',
    command: 'waits for the run to come to it',
  },
  temporal: {
    wait: { kind: 'temporal', given: false },
    end: 'Temporal answers: it is given the run again and again until then',
    page: 'Waits for Temporal to take it',
    command: 'waits for Temporal to take it',
  },
  overlap: {
    wait: { kind: 'overlap', starts: 3 },
    end: 'The runs of the start before have ended',
    page: '3 starts wait for an earlier one to end',
    command: '3 starts wait for an earlier one to end',
  },
  paused: {
    wait: { kind: 'paused', by: 'mona', note: 'we move' },
    end: 'Somebody has the server go on',
    page: 'Waits, as the server is paused: we move',
    command: 'waits, as the server is paused by mona: we move: see palvella resume --data-dir /d',
  },
  lock: {
    wait: { kind: 'lock', names: ['prod'], position: 2, holders },
    end: 'deploy #7 ends, then the one in front of it',
    page: 'Waits for the lock prod, position 2; deploy #7 has it',
    command: 'waits for the lock prod, position 2: deploy/7 has it: see palvella locks --data-dir /d',
  },
  group: {
    wait: { kind: 'group', group: 'g', limit: 1, position: 1, holders },
    end: 'deploy #7 ends',
    page: 'Waits for a place in the group g, position 1; deploy #7 has it',
    command: 'waits for a place in the group g, position 1: deploy/7 has it: see palvella locks --data-dir /d',
  },
};

test('every kind that the API has is told of here', () => {
  expect(Wait.options.map(({ shape }) => shape.kind.value).sort()).toEqual(Object.keys(all).sort());
});

test.each(Object.values(all))('why and until when is said everywhere: $wait.kind', ({ wait, end, page, command }) => {
  expect(waitEnd(wait)).toBe(end);
  const told = { ...wait, endsWhen: end };
  expect(pageText(told, Date.parse('2026-03-01T10:00:00.000Z'))).toBe(page);
  expect(commandText(told, { run: 'p/1', dataDir: '/d' })).toBe(`${command}; goes on when: ${end}`);
  expect(endText(told)).toContain(`Goes on when: ${end.split(/\d{4}-/)[0]}`);
  // Where the reader is.
  expect(endText(told)).not.toMatch(/\d\dT\d\d/);
});

test('of many names the first are said, and how many more there are', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  expect(waitEnd({ kind: 'jobs', names })).toBe('The Jobs a, b, c, d, e and 2 more end');
  expect(waitEnd({ kind: 'jobs', names: names.slice(0, 6) })).toBe('The Jobs a, b, c, d, e and f end');
  expect(waitEnd({ kind: 'outer', job: null })).toBe('The run begins');
  expect(waitEnd({ kind: 'temporal', given: true })).toBe('A control worker takes it');
});
