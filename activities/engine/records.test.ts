import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionResult } from '../types.ts';
import { createRecords } from './records.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palvella-records-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const job = { runId: randomUUID(), jobPath: 'a/b[0]', jobAttempt: 1 };
const key = { ...job, action: 'step', attempt: 1 };
const result: ActionResult = {
  status: 'succeeded',
  exitStatus: 0,
  output: { a: 1 },
  reason: null,
  workerId: 'w',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:01.000Z',
  info: {},
};

describe('records', () => {
  test('tell a new process what the old one began and what came of it', async () => {
    const first = await createRecords(folder).begin(key, true);
    expect(first.state).toBe('new');
    const second = await createRecords(folder).begin(key, true);
    expect(second).toEqual({ ...first, state: 'started' });
    await createRecords(folder).end(key, result);
    expect(await createRecords(folder).begin(key, true)).toEqual({ state: 'ended', result });
  });

  test('wait for room on a full disk with what came of an Action', async () => {
    const records = createRecords(folder);
    await records.begin(key, false);
    const jobFolder = join(folder, 'records', (await readdir(join(folder, 'records')))[0] ?? '');
    const marker = (await readdir(jobFolder)).find((name) => name.endsWith('.started')) ?? '';
    const next = join(jobFolder, marker.replace('.started', '.result.new'));
    await symlink('/dev/full', next);
    const kept = records.end(key, result);
    expect((await records.begin(key, false)).state).toBe('started');
    await unlink(next);
    await kept;
    expect(await records.begin(key, false)).toEqual({ state: 'ended', result });
  });

  test('keep another try, Action and Job apart', async () => {
    const records = createRecords(folder);
    await records.begin(key, false);
    for (const other of [{ attempt: 2 }, { action: 'other' }, { jobAttempt: 2 }, { jobPath: 'a/b[1]' }]) {
      expect((await records.begin({ ...key, ...other }, false)).state).toBe('new');
    }
  });

  test('a marker that a power cut left empty still says that there was a start', async () => {
    const records = createRecords(folder);
    await records.begin(key, false);
    const [jobFolder = ''] = await readdir(join(folder, 'records'));
    const marker = (await readdir(join(folder, 'records', jobFolder))).find((name) => name.endsWith('.started')) ?? '';
    await writeFile(join(folder, 'records', jobFolder, marker), '');
    expect((await records.begin(key, false)).state).toBe('started');
  });

  test('name the Jobs that they hold something of, and forget', async () => {
    const records = createRecords(folder);
    expect(await records.jobs()).toEqual([]);
    await records.begin(key, false);
    expect(await records.jobs()).toEqual([job]);
    const other = { ...key, jobPath: 'cut' };
    const before = await readdir(join(folder, 'records'));
    await records.begin(other, false);
    const [cut = ''] = (await readdir(join(folder, 'records'))).filter((name) => !before.includes(name));
    await writeFile(join(folder, 'records', cut, 'job.json'), '{"run');
    expect(await records.jobs()).toEqual([job]);
    await records.forget(other);
    await records.forget(job);
    await records.forget(job);
    expect(await records.jobs()).toEqual([]);
    expect((await records.begin(key, false)).state).toBe('new');
  });
});
