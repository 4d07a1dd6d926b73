// Before any schema is made, as it adds to all that are made after it.
import '@hono/zod-openapi';

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { ClientMessage, ServerMessage, Topic } from '../../core/api/live.ts';
import type { LogLine } from '../../core/api/objects.ts';
import type { ActionKey } from '../../core/keys.ts';
import { encodeFrame } from '../../core/log-frames.ts';
import { notify } from '../../platform/events/index.ts';
import { attachLive, type Live } from '../../web/server/live/index.ts';
import { createHttpSetting, type HttpSetting } from '../worker-api/setting.ts';

let setting: HttpSetting;
let server: Server;
let live: Live;
let at: string;
const open: Client[] = [];

beforeAll(async () => {
  setting = await createHttpSetting();
  await setting.services.events.ready();
});
beforeEach(async () => {
  server = createServer();
  const quiet = () => {};
  live = attachLive(server, setting.services, { info: quiet, warn: quiet, error: quiet });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  at = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/live`;
});
afterEach(async () => {
  for (const client of open.splice(0)) client.socket.terminate();
  live.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

interface Client {
  socket: WebSocket;
  received: ServerMessage[];
  subscribe(id: string, topic: Topic): void;
  send(message: ClientMessage): void;
}

async function connect(
  headers: Record<string, string> = { authorization: `Bearer ${setting.token}` },
): Promise<Client> {
  const socket = new WebSocket(at, { headers });
  const received: ServerMessage[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as ServerMessage));
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  const client = {
    socket,
    received,
    send,
    subscribe: (id: string, topic: Topic) => send({ type: 'subscribe', id, topic }),
  };
  open.push(client);
  return client;
}

async function newKey(): Promise<ActionKey> {
  return { runId: await setting.run(), jobPath: 'a', jobAttempt: 1, action: 'step', attempt: 1 };
}
const topicOf = ({ runId, jobPath, action }: ActionKey, more: object = {}): Topic => ({
  topic: 'log',
  run: runId,
  job: jobPath,
  action,
  from: 1,
  ...more,
});
const frame = (text: string) => Buffer.from(encodeFrame({ time: 1, stream: 'stdout', payload: Buffer.from(text) }));
const logs = (client: Client) => client.received.filter((message) => message.type === 'log');
const texts = (client: Client) => logs(client).flatMap(({ lines }) => lines.map(({ text }) => text));

describe('a log', () => {
  test('is told line by line, once each, and its end', async () => {
    const key = await newKey();
    const client = await connect();
    client.subscribe('l', topicOf(key));
    await expect.poll(() => logs(client)).toMatchObject([{ lines: [], total: 0, closed: false }]);
    for (let seq = 0; seq < 50; seq += 1) {
      await setting.services.logs.append(key, { seq, end: seq + 1, frames: frame(`line ${seq}\n`) });
    }
    await setting.services.logs.close(key, 50);
    await expect.poll(() => logs(client).at(-1)?.closed).toBe(true);
    expect(texts(client)).toEqual(Array.from({ length: 50 }, (_, n) => `line ${n}`));
    expect(logs(client).at(-1)).toMatchObject({ total: 50 });
  });

  test('comes within 100 ms of being stored', async () => {
    const key = await newKey();
    const client = await connect();
    client.subscribe('l', topicOf(key));
    await expect.poll(() => logs(client).length).toBe(1);
    const delays: number[] = [];
    for (let seq = 0; seq < 21; seq += 1) {
      const before = performance.now();
      const came = new Promise((done) => client.socket.once('message', done));
      await setting.services.logs.append(key, { seq, end: seq + 1, frames: frame(`${seq}\n`) });
      await came;
      delays.push(performance.now() - before);
      await sleep(30);
    }
    expect(delays.sort((a, b) => a - b)[10]).toBeLessThan(100);
  });

  test('a line without an end comes whole, once; with `open` it comes as it grows', async () => {
    const key = await newKey();
    const [whole, growing] = [await connect(), await connect()];
    whole.subscribe('l', topicOf(key));
    growing.subscribe('l', topicOf(key, { open: true }));
    const parts = [
      ['one\ntw', 'tw'],
      ['o', 'two'],
      ['\nthr', 'thr'],
      ['ee', 'three'],
    ] as const;
    for (const [seq, [part, seen]] of parts.entries()) {
      await setting.services.logs.append(key, { seq, end: seq + 1, frames: frame(part) });
      await expect.poll(() => texts(growing)).toContain(seen);
    }
    await setting.services.logs.close(key, parts.length);
    await expect.poll(() => [logs(whole).at(-1)?.closed, logs(growing).at(-1)?.closed]).toEqual([true, true]);
    expect(texts(whole)).toEqual(['one', 'two', 'three']);
    expect(texts(growing)).toContain('one');
    expect(
      logs(growing)
        .flatMap(({ lines }) => lines.map(({ n }) => n))
        .at(-1),
    ).toBe(3);
  });

  test('loses and doubles nothing over lost connections and a restart of the server', async () => {
    const key = await newKey();
    const heard: LogLine[] = [];
    const total = 3_000;
    let writing = true;
    const writer = (async () => {
      let seq = 0;
      for (let line = 0; line < total; seq += 1) {
        const many = Math.min(total - line, 1 + ((seq * 7) % 40));
        const text = Array.from({ length: many }, (_, each) => `line ${line + each + 1}\n`).join('');
        await setting.services.logs.append(key, { seq, end: seq + 1, frames: frame(text) });
        line += many;
        await sleep(3);
      }
      await setting.services.logs.close(key, seq);
      writing = false;
    })();
    let closed = false;
    for (let round = 0; !closed; round += 1) {
      const client = await connect();
      client.socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as ServerMessage;
        if (message.type !== 'log') return;
        heard.push(...message.lines);
        closed ||= message.closed && heard.length >= message.total;
      });
      client.subscribe('l', topicOf(key, { from: (heard.at(-1)?.n ?? 0) + 1 }));
      const until = Date.now() + (writing ? 60 : 5_000);
      while (!closed && Date.now() < until) await sleep(5);
      client.socket.terminate();
      if (round > 200) break;
    }
    await writer;
    expect(heard.map(({ n }) => n)).toEqual(Array.from({ length: total }, (_, n) => n + 1));
    expect(heard.every(({ n, text }) => text === `line ${n}`)).toBe(true);
  });

  test('of a client that does not read waits for it, and is whole in the end', async () => {
    const key = await newKey();
    const line = `${'x'.repeat(999)}\n`;
    for (let seq = 0; seq < 20; seq += 1) {
      await setting.services.logs.append(key, {
        seq,
        end: seq + 1,
        frames: frame(line.repeat(1_000).slice(0, 60_000)),
      });
    }
    for (let seq = 20; seq < 220; seq += 1) {
      await setting.services.logs.append(key, { seq, end: seq + 1, frames: frame(line.repeat(60)) });
    }
    await setting.services.logs.close(key, 220);
    const client = await connect();
    client.socket.pause();
    client.subscribe('l', topicOf(key));
    await sleep(500);
    client.socket.resume();
    await expect
      .poll(() => logs(client).at(-1)?.closed === true && texts(client).length, { timeout: 20_000 })
      .toBe(logs(client).at(-1)?.total ?? 13_200);
    const numbers = logs(client).flatMap(({ lines }) => lines.map(({ n }) => n));
    expect(numbers).toEqual(Array.from({ length: 13_200 }, (_, n) => n + 1));
  });

  test('of an Action that ended without one is closed at once', async () => {
    const key = await newKey();
    await setting.db.pool.query(
      `insert into job_runs ("runId", path, position, status, seq, state) values ($1, 'a', 0, 'running', 1, '{}')`,
      [key.runId],
    );
    await setting.db.pool.query(
      `insert into action_runs ("runId", "jobPath", name, position, "jobAttempt", attempt, status, state)
       values ($1, 'a', 'step', 0, 1, 1, 'running', '{}')`,
      [key.runId],
    );
    const client = await connect();
    client.subscribe('l', topicOf(key));
    await expect.poll(() => logs(client)).toMatchObject([{ lines: [], closed: false }]);
    await setting.db.pool.query(`update action_runs set status = 'succeeded' where "runId" = $1`, [key.runId]);
    await notify(setting.db.pool, { kind: 'run', run: key.runId, pipeline: 'test' });
    await expect.poll(() => logs(client).at(-1)).toMatchObject({ lines: [], total: 0, closed: true });
  });
});

describe('runs and approvals', () => {
  test('are told as they are and as they change', async () => {
    const runId = await setting.run();
    const client = await connect();
    client.subscribe('run', { topic: 'run', run: runId });
    client.subscribe('runs', { topic: 'runs', pipeline: 'test' });
    client.subscribe('other', { topic: 'runs', pipeline: 'other' });
    client.subscribe('approvals', { topic: 'approvals' });
    const of = (id: string) => client.received.filter((message) => message.id === id);
    await expect.poll(() => ['run', 'runs', 'other', 'approvals'].map((id) => of(id).length)).toEqual([1, 1, 1, 1]);
    expect(of('run')[0]).toMatchObject({ run: { id: runId, status: 'running' } });
    await setting.db.pool.query(`update runs set status = 'failed', "endedAt" = now() where id = $1`, [runId]);
    for (let times = 0; times < 100; times += 1) {
      await notify(setting.db.pool, { kind: 'run', run: runId, pipeline: 'test' });
    }
    await expect.poll(() => of('run').at(-1)).toMatchObject({ run: { status: 'failed' } });
    await expect.poll(() => of('runs').at(-1)).toMatchObject({ changed: [{ id: runId, status: 'failed' }] });
    expect(of('run').length).toBeLessThan(30);
    expect(of('other')).toMatchObject([{ changed: [] }]);
    await notify(setting.db.pool, { kind: 'approvals' });
    await expect.poll(() => of('approvals')).toMatchObject([{ pending: 0 }, { pending: 0 }]);
    client.send({ type: 'unsubscribe', id: 'run' });
    await sleep(100);
    const before = of('run').length;
    await notify(setting.db.pool, { kind: 'run', run: runId, pipeline: 'test' });
    await sleep(200);
    expect(of('run').length).toBe(before);
  });

  test('each is told of as many approvals as wait for them, and one person once by whichever name', async () => {
    const runId = await setting.run();
    const { access, approvals } = setting.services;
    const roles = { release: ['release'], qa: ['qa'], ann: ['administrator'] };
    const all = Object.entries(roles).map(async ([name, own]) => {
      const { token } = await access.tokens.create({ name, kind: 'token', roles: own });
      return await connect({ authorization: `Bearer ${token}` });
    });
    const clients = await Promise.all(all);
    for (const client of clients) client.subscribe('approvals', { topic: 'approvals' });
    const counts = () => clients.map(({ received }) => (received.at(-1) as { pending?: number } | undefined)?.pending);
    await expect.poll(counts).toEqual([0, 0, 0]);
    const about = { runId, jobPath: 'a', jobAttempt: 1, action: 'hold', prompt: 'Go on?', quorum: 2 };
    const asked = await approvals.ask({ ...about, roles: ['release'] });
    await approvals.ask({ ...about, jobPath: 'b', roles: ['release', 'qa'] });
    await expect.poll(counts).toEqual([2, 1, 2]);
    const ann = { name: 'person/ann', kind: 'person', roles: ['administrator'] } as const;
    const { id, digest } = await approvals.item('approvalId' in asked ? asked.approvalId : '', ann);
    await approvals.decide(id, ann, { verdict: 'approve', digest });
    await expect.poll(counts).toEqual([2, 1, 1]);
  });

  test('many who watch one run cost one read a change', async () => {
    const runId = await setting.run();
    const clients = await Promise.all(Array.from({ length: 10 }, () => connect()));
    for (const client of clients) client.subscribe('run', { topic: 'run', run: runId });
    await expect.poll(() => clients.every(({ received }) => received.length > 0)).toBe(true);
    await sleep(150);
    const { get } = setting.services.runs;
    let reads = 0;
    setting.services.runs.get = (run) => {
      reads += 1;
      return get(run);
    };
    const before = clients.map(({ received }) => received.length);
    await notify(setting.db.pool, { kind: 'run', run: runId, pipeline: 'test' });
    await expect.poll(() => clients.every(({ received }, each) => received.length > (before[each] ?? 0))).toBe(true);
    setting.services.runs.get = get;
    expect(reads).toBe(1);
  });
});

describe('who may', () => {
  const statusOf = (headers: Record<string, string>, to = at) =>
    new Promise<number>((done) => {
      const socket = new WebSocket(to, { headers });
      socket.on('open', () => done(101)).on('error', () => undefined);
      socket.on('unexpected-response', (_, response) => done(response.statusCode ?? 0));
    });

  test('nobody else, and no browser on another site', async () => {
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ authorization: 'Bearer plv_wrong' })).toBe(401);
    const link = await setting.services.access.sessions.createLink();
    const { secret } = await setting.services.access.sessions.signIn(link);
    const cookie = `palvella_session=${secret}`;
    expect(await statusOf({ cookie })).toBe(403);
    expect(await statusOf({ cookie, origin: 'https://evil.test' })).toBe(403);
    expect(await statusOf({ cookie, origin: 'http://palvella.test' })).toBe(101);
    expect(await statusOf({ authorization: `Bearer ${setting.token}` }, at.replace('/live', '/other'))).toBe(404);
  });

  test('a Worker may see nothing here; an unknown run is said to be', async () => {
    const worker = await connect({ authorization: `Bearer ${setting.workerToken}` });
    worker.subscribe('x', { topic: 'runs' });
    worker.subscribe('y', topicOf(await newKey()));
    await expect
      .poll(() => worker.received)
      .toMatchObject([
        { type: 'error', id: 'x', code: 'forbidden' },
        { type: 'error', id: 'y', code: 'forbidden' },
      ]);
    const client = await connect();
    client.subscribe('z', { topic: 'run', run: 'no/1' });
    await expect.poll(() => client.received).toMatchObject([{ type: 'error', id: 'z', code: 'not_found' }]);
  });

  test.each([
    '{',
    '{"type":"x"}',
    `{"type":"subscribe","id":"${'x'.repeat(65)}","topic":{"topic":"runs"}}`,
    '{"type":"subscribe","id":"x","topic":{"topic":"runs","pipeline":"a\\u0000"}}',
    '{"type":"subscribe","id":"x","topic":{"topic":"log","run":"test/1","job":"a\\u0000","action":"b"}}',
    'x'.repeat(20_000),
  ])('what is no message ends the connection', async (text) => {
    const client = await connect();
    const closed = new Promise((done) => client.socket.once('close', done));
    client.socket.send(text);
    await closed;
  });

  test('at most 200 subscriptions', async () => {
    const client = await connect();
    for (let each = 0; each <= 200; each += 1) client.subscribe(`s${each}`, { topic: 'approvals' });
    await expect.poll(() => client.received.some(({ type, id }) => type === 'error' && id === 's200')).toBe(true);
  });
});
