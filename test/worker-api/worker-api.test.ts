import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ActionKey, actionKeyText, type JobKey } from '../../core/keys.ts';
import { encodeFrame } from '../../core/log-frames.ts';
import type { ApiClient } from '../../workers/engine/api-client.ts';
import { createHttpSetting, type HttpSetting } from './setting.ts';

let setting: HttpSetting;
let api: ApiClient;
beforeAll(async () => {
  setting = await createHttpSetting();
  api = setting.client();
  await api.hello(helloOf('one'));
});

function helloOf(id: string, more: { labels?: Record<string, string>; engines?: string[] } = {}) {
  const engines = (more.engines ?? ['local', 'native']).map((type) => ({ type, found: type }));
  return { id, host: 'host', os: 'linux', arch: 'x64', engines, labels: more.labels ?? {}, capacity: 10 };
}

async function newJob(plan?: object): Promise<JobKey> {
  const job = { runId: await setting.run(plan), jobPath: 'deploy/build[0]', jobAttempt: 1 };
  await setting.tell(job.runId, job.jobPath);
  return job;
}

/** The Job's part of the API, claimed by that Worker. */
async function jobApi(job: JobKey, workerId = 'one', client = api) {
  const answer = await client.claim(job, workerId);
  if (!('jobToken' in answer)) throw new Error(`not claimed: ${JSON.stringify(answer)}`);
  return client.job(() => Promise.resolve(answer.jobToken));
}

const keyOf = (job: JobKey, action = 'step'): ActionKey => ({ ...job, action, attempt: 1 });
const frame = (text: string) => encodeFrame({ time: 1, stream: 'stdout', payload: Buffer.from(text) });

describe('who a Worker is', () => {
  test('learns the queues that its Engines, labels, system and architecture satisfy', async () => {
    await setting.db.pool.query(
      `insert into requirement_queues (queue, engine, requires) values
       ('engine/local?gpu=yes', 'local', '{"gpu":"yes"}'), ('engine/local?arch=x64&os=linux', 'local', '{"arch":"x64","os":"linux"}'),
       ('engine/local?arch=arm64', 'local', '{"arch":"arm64"}'), ('engine/docker?gpu=yes', 'docker', '{"gpu":"yes"}')`,
    );
    const { queues } = await api.hello(helloOf('gpu', { labels: { gpu: 'yes', arch: 'arm64' } }));
    expect(queues.sort()).toEqual([
      'engine/local',
      'engine/local?arch=x64&os=linux',
      'engine/local?gpu=yes',
      'engine/native',
    ]);
    expect(
      (await api.heartbeat({ id: 'gpu', running: 3, stopping: false, held: [], strangers: [] })).queues.sort(),
    ).toEqual(queues);
  });

  test('must say hello first, and again by another token is another', async () => {
    const beat = { running: 0, stopping: false, held: [], strangers: [] };
    await expect(api.heartbeat({ ...beat, id: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
    await setting.services.access.tokens.ensure({ secret: 'plv_other', name: 'other', kind: 'worker' });
    const other = setting.client('plv_other');
    await expect(other.hello(helloOf('one'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(other.heartbeat({ ...beat, id: 'one' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(other.claim(await newJob(), 'one')).rejects.toMatchObject({ code: 'forbidden' });
    await setting.services.access.tokens.ensure({ secret: 'plv_short-lived', name: 'short', kind: 'worker' });
    await setting.client('plv_short-lived').hello(helloOf('moves'));
    await setting.db.pool.query(`delete from tokens where name = 'short'`);
    await api.hello(helloOf('moves'));
  });

  test('says no number that cannot be kept', async () => {
    const beat = { id: 'one', running: 2 ** 31, stopping: false, held: [], strangers: [] };
    await expect(api.heartbeat(beat)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('is nobody with a person’s token', async () => {
    await expect(setting.client(setting.token).hello(helloOf('x'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is shown with how it is', async () => {
    await api.hello(helloOf('quiet'));
    await api.hello(helloOf('gone'));
    await api.heartbeat({ id: 'gone', running: 0, stopping: true, held: [], strangers: [] });
    await setting.db.pool.query(`update workers set "seenAt" = now() - interval '31 seconds' where id = 'quiet'`);
    const { body } = await setting.call<{ items: { id: string; state: string }[] }>('GET', '/workers');
    const states = Object.fromEntries(body.items.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ one: 'alive', quiet: 'lost', gone: 'stopped' });
  });
});

describe('a claim', () => {
  test('is had by one, who may claim again', async () => {
    await api.hello(helloOf('two'));
    const job = await newJob();
    const both = await Promise.all([api.claim(job, 'one'), api.claim(job, 'two'), api.claim(job, 'one')]);
    const holder = both.find((answer) => 'heldBy' in answer)?.heldBy;
    expect(['one', 'two']).toContain(holder);
    expect(await api.claim(job, holder as string)).toMatchObject({ jobToken: expect.any(String) });
    expect(await api.claim(job, holder === 'one' ? 'two' : 'one')).toEqual({ heldBy: holder });
  });

  test('is of a Job that the run has, and that has Actions', async () => {
    const { runId } = await newJob();
    const wrong = ['none', 'deploy', 'deploy/none', 'deploy/build', 'deploy[0]/build[0]', 'build', 'a[0]', 'a[x]', ''];
    for (const jobPath of wrong) {
      await setting.tell(runId, jobPath);
      await expect(api.claim({ runId, jobPath, jobAttempt: 1 }, 'one')).rejects.toMatchObject({
        code: jobPath === '' ? 'invalid_request' : 'not_found',
      });
    }
    for (const jobPath of ['a', 'deploy/build[0]']) await jobApi({ runId, jobPath, jobAttempt: 1 });
    const { rows } = await setting.db.pool.query('select from claims where "runId" = $1', [runId]);
    expect(rows).toHaveLength(2);
  });

  test('of an item or a later try is had once the run has told of it, or of the try after one’s own', async () => {
    await api.hello(helloOf('two'));
    const job = await newJob();
    await api.claim(job, 'one');
    const claim = (more: Partial<JobKey>) =>
      setting.request('/api/v1/worker/claims', {
        method: 'POST',
        headers: { authorization: `Bearer ${setting.workerToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...job, ...more, workerId: 'two' }),
      });
    for (const more of [{ jobAttempt: 2 }, { jobAttempt: 999 }, { jobPath: 'deploy/build[7]' }]) {
      expect((await claim(more)).status).toBe(503);
    }
    expect(await api.claim({ ...job, jobAttempt: 2 }, 'one')).toHaveProperty('jobToken');
    await setting.tell(job.runId, job.jobPath, 3);
    expect((await claim({ jobAttempt: 4 })).status).toBe(503);
    expect((await claim({ jobAttempt: 3 })).status).toBe(200);
  });

  test('is refused when the run has ended, but not to who has the Job', async () => {
    const job = await newJob();
    await api.claim(job, 'one');
    await setting.db.pool.query(`update runs set status = 'stopped' where id = $1`, [job.runId]);
    expect(await api.claim(job, 'one')).toMatchObject({ jobToken: expect.any(String) });
    await expect(api.claim({ ...job, jobPath: 'next' }, 'one')).rejects.toMatchObject({ code: 'conflict' });
    await expect(api.claim({ ...job, runId: 'x' }, 'one')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what a heartbeat tells to let go', () => {
  test('is what has ended, is another’s or was begun anew', async () => {
    const jobs = await Promise.all(['mine', 'ended', 'newer', 'done', 'theirs'].map(() => newJob()));
    const [mine, ended, newer, done, theirs] = jobs as [JobKey, JobKey, JobKey, JobKey, JobKey];
    await setting.db.pool.query(`update runs set status = 'failed' where id = $1`, [ended.runId]);
    await setting.tell(newer.runId, newer.jobPath, 2);
    await setting.db.pool.query(`update job_runs set status = 'succeeded' where "runId" = $1`, [done.runId]);
    await api.hello(helloOf('two'));
    await api.claim(theirs, 'two');
    const strange = { ...mine, runId: '../x' };
    const { teardown } = await api.heartbeat({
      id: 'one',
      running: 1,
      stopping: false,
      held: [...jobs, strange],
      strangers: [],
    });
    const runs = teardown.map(({ runId }) => runId).sort();
    expect(runs).toEqual([ended.runId, newer.runId, done.runId, theirs.runId, strange.runId].sort());
  });
});

describe('what is left of others’ Jobs', () => {
  test('is told to go where they have ended and their Worker is lost, and only then', async () => {
    const [going, ended, endedHere, unknown] = [
      ...(await Promise.all([newJob(), newJob(), newJob()])),
      { runId: randomUUID(), jobPath: 'x', jobAttempt: 1 },
    ] as [JobKey, JobKey, JobKey, JobKey];
    for (const id of ['lost', 'there']) await api.hello(helloOf(id));
    await api.claim(going, 'lost');
    await api.claim(ended, 'lost');
    await api.claim(endedHere, 'there');
    await setting.db.pool.query(`update runs set status = 'failed' where id = any($1)`, [
      [ended.runId, endedHere.runId],
    ]);
    const strangers = [going, ended, endedHere, unknown];
    const ask = () => api.heartbeat({ id: 'one', running: 0, stopping: false, held: [], strangers });
    expect((await ask()).teardown).toEqual([]);
    await setting.db.pool.query(`update workers set "seenAt" = now() - interval '31 seconds' where id = 'lost'`);
    expect((await ask()).teardown).toEqual([ended]);
  });
});

describe('the token of a Job', () => {
  const token = async (job: JobKey) => ((await api.claim(job, 'one')) as { jobToken: string }).jobToken;
  const calls = (job: JobKey, use: string, client = api) => {
    const mine = client.job(() => Promise.resolve(use));
    return {
      position: () => mine.logPosition(keyOf(job)),
      chunk: () => mine.putChunk(keyOf(job), 0, 5, frame('x\n')),
      close: () => mine.closeLog(keyOf(job), 0),
      report: () =>
        mine.report([
          {
            key: keyOf(job),
            type: 'run',
            status: 'succeeded',
            exitStatus: 0,
            output: null,
            reason: null,
            startedAt: new Date().toISOString(),
            endedAt: null,
          },
        ]),
    };
  };

  test("is for no other Job's log or report", async () => {
    const [a, b] = [await newJob(), await newJob()];
    const use = await token(b);
    for (const other of [a, { ...b, jobPath: 'deploy' }, { ...b, jobAttempt: 2 }]) {
      for (const call of Object.values(calls(other, use)))
        await expect(call()).rejects.toMatchObject({ code: 'forbidden' });
    }
    await calls(b, use).chunk();
    const { rows } = await setting.db.pool.query(
      `select detail->>'refused' as refused from audit_entries where what like $1`,
      [`${a.runId}%`],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test('is worthless when it is old, forged, cut or shown by another Worker', async () => {
    const job = await newJob();
    const good = await token(job);
    const [body = '', signature = ''] = good.split('.');
    const grant = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const other = Buffer.from(JSON.stringify({ ...grant, jobPath: 'x' })).toString('base64url');
    for (const bad of [
      '',
      'x',
      '.',
      body,
      `${body}.`,
      `${other}.${signature}`,
      `${good}.x`,
      `${body}.${randomBytes(32).toString('base64url')}`,
    ]) {
      await expect(calls(job, bad).chunk()).rejects.toMatchObject({ code: 'forbidden' });
    }
    await setting.services.access.tokens.ensure({ secret: 'plv_thief', name: 'thief', kind: 'worker' });
    await expect(calls(job, good, setting.client('plv_thief')).chunk()).rejects.toMatchObject({ code: 'forbidden' });
    const { createWorkers } = await import('../../platform/workers/index.ts');
    const now = Date.now;
    Date.now = () => now() + 3_600_001;
    try {
      const late = createWorkers({ pool: setting.db.pool, settings: setting.services.settings });
      expect(await late.grant(good, 'worker/local')).toBeUndefined();
    } finally {
      Date.now = now;
    }
    await calls(job, good).chunk();
  });
});

describe('files', () => {
  const open = (content: Buffer) => () => Readable.from([content.subarray(0, 3), content.subarray(3)]);
  const stored = async (run: string) =>
    (await setting.call<{ items: { key: string; size: number; jobPath: string }[] }>('GET', `/runs/${run}/files`)).body
      .items;

  test('are stored, read, listed and downloaded', async () => {
    const job = await newJob();
    const mine = await jobApi(job);
    const content = randomBytes(200_000);
    await mine.putFile('out/plan.bin', content.length, open(content));
    expect(await buffer(await mine.getFile('out/plan.bin'))).toEqual(content);
    expect(await stored(job.runId)).toMatchObject([{ key: 'out/plan.bin', size: 200_000, jobPath: job.jobPath }]);
    const path = `/api/v1/runs/${job.runId}/files/${encodeURIComponent('out/plan.bin')}`;
    const answer = await fetch(`${setting.address}${path}`, { headers: { authorization: `Bearer ${setting.token}` } });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="plan.bin"');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
  });

  test('a Job replaces its own, and no other’s', async () => {
    const job = await newJob();
    const mine = await jobApi(job);
    await mine.putFile('k', 5, open(Buffer.from('first')));
    await mine.putFile('k', 6, open(Buffer.from('second')));
    expect((await buffer(await mine.getFile('k'))).toString()).toBe('second');
    const theirs = await jobApi({ ...job, jobPath: 'other' });
    await expect(theirs.putFile('k', 5, open(Buffer.from('third')))).rejects.toMatchObject({ code: 'conflict' });
    expect((await buffer(await theirs.getFile('k'))).toString()).toBe('second');
  });

  test('what a retry took over stays when the first run has another', async () => {
    const [first, second] = [await newJob(), await newJob()];
    const mine = await jobApi(first);
    await mine.putFile('k', 5, open(Buffer.from('first')));
    await setting.db.pool.query(
      `insert into stored_files ("runId", key, "jobPath", size, sha256, blob)
       select $2, key, "jobPath", size, sha256, blob from stored_files where "runId" = $1`,
      [first.runId, second.runId],
    );
    await mine.putFile('k', 6, open(Buffer.from('second')));
    expect((await buffer(await (await jobApi(second)).getFile('k'))).toString()).toBe('first');
  });

  test.each([
    '..',
    '../x',
    'a/../b',
    '/etc/passwd',
    'a//b',
    'a\0b',
    '@file',
    'a\\b',
    'a b',
    '%2e%2e/x',
    'é',
    'x'.repeat(2000),
  ])('the key %j is refused', async (key) => {
    const mine = await jobApi(await newJob());
    await expect(mine.putFile(key, 1, open(Buffer.from('x')))).rejects.toMatchObject({ name: 'PalvellaError' });
    await expect(mine.getFile(key)).rejects.toMatchObject({ name: 'PalvellaError' });
  });

  test('a file that is longer than was said, or shorter, is not there', async () => {
    const job = await newJob();
    const { jobToken } = (await api.claim(job, 'one')) as { jobToken: string };
    const send = (length: number) =>
      new Promise<void>((done) => {
        const request = `PUT /api/v1/worker/files/k HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${setting.workerToken}\r\npalvella-job-token: ${jobToken}\r\ncontent-length: ${length}\r\n\r\nabc`;
        void import('node:net').then(({ connect }) => {
          const socket = connect(Number(new URL(setting.address).port), '127.0.0.1', () => socket.end(request));
          socket.on('close', () => done()).resume();
        });
      });
    await send(10);
    expect(await stored(job.runId)).toEqual([]);
    const answer = await fetch(`${setting.address}/api/v1/worker/files/k`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${setting.workerToken}`, 'palvella-job-token': jobToken },
      body: Readable.toWeb(Readable.from([Buffer.from('abc')])),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(400);
    expect(await stored(job.runId)).toEqual([]);
  });

  test('a run that has ended takes no more', async () => {
    const job = await newJob();
    const mine = await jobApi(job);
    await setting.db.pool.query(`update runs set status = 'stopped' where id = $1`, [job.runId]);
    await expect(mine.putFile('k', 1, open(Buffer.from('x')))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('logs', () => {
  test('are stored, shown and read as text', async () => {
    const job = await newJob();
    const mine = await jobApi(job);
    const key = keyOf(job);
    expect(await mine.logPosition(key)).toEqual({ seq: 0, offset: 0, closed: false });
    await Promise.all([mine.putChunk(key, 1, 9, frame('two\n')), mine.putChunk(key, 0, 4, frame('one\n'))]);
    await expect(mine.closeLog(key, 3)).rejects.toMatchObject({ code: 'conflict' });
    await mine.closeLog(key, 2);
    expect(await mine.logPosition(key)).toEqual({ seq: 2, offset: 9, closed: true });
    const query = `job=${encodeURIComponent(job.jobPath)}&action=step`;
    expect((await setting.call('GET', `/runs/${job.runId}/log?${query}`)).body).toEqual({
      lines: [
        { n: 1, t: 1, s: 'stdout', text: 'one' },
        { n: 2, t: 1, s: 'stdout', text: 'two' },
      ],
      total: 2,
      closed: true,
    });
    const text = await setting.request(`/api/v1/runs/${job.runId}/log.txt?${query}`, {
      headers: { authorization: `Bearer ${setting.token}` },
    });
    expect(await text.text()).toBe('one\ntwo\n');
    expect(actionKeyText(key)).toContain('build[0]#1/step#1');
  });

  test('hold whole frames only', async () => {
    const job = await newJob();
    const mine = await jobApi(job);
    for (const bad of [Buffer.alloc(0), Buffer.from('x'), frame('abc').subarray(0, 14), Buffer.alloc(13, 9)]) {
      await expect(mine.putChunk(keyOf(job), 0, 3, bad)).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});
