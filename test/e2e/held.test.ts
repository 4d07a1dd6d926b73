import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApprovalItem } from '../../core/api/approvals.ts';
import type { RunDetail } from '../../core/api/objects.ts';
import { type SlackPost, slackReceiver } from '../notifications/receivers.ts';
import { freePort, type PartName, type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

let server: StartedPalvella;
let posts: SlackPost[];
const answer: { status: number | undefined } = { status: 200 };
let restart: () => Promise<void>;

const files = `kind: Pipeline
name: held
notify: [{ on: [waiting, succeeded], slack: { channel: '#ops' } }]
jobs:
  - name: a
    actions:
      - { name: before, run: echo before }
      - { name: hold, approval: { prompt: Go on?, timeout: 30d } }
      - { name: after, run: echo after }
---
kind: Pipeline
name: reminded
jobs:
  - name: a
    actions:
      - name: hold
        approval:
          prompt: Go on?
          roles: [release]
          notify: [{ slack: { channel: '#ops' } }]
          remind: 1s
          escalate: { after: 1s, roles: [director], notify: [{ slack: { channel: '#lead' } }] }
---
kind: Pipeline
name: other
jobs: [{ name: a, actions: [{ run: echo other }] }]
`;

beforeAll(async () => {
  const slack = await slackReceiver(answer);
  posts = slack.got;
  const options = {
    dataDir: temporaryFolder(),
    port: await freePort(),
    env: { PALVELLA_WORKER_CAPACITY: '1', PALVELLA_SLACK_URL: slack.url, PALVELLA_ALLOWED_ADDRESSES: '127.0.0.1' },
  };
  server = await startPalvella(options);
  restart = async () => {
    await server.stop();
    server = await startPalvella(options);
  };
  const file = join(temporaryFolder(), 'held.yaml');
  writeFileSync(file, files);
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

const patience = { timeout: 120_000, interval: 500 };
const statusOf = async (run: string) => (await server.json<RunDetail>('show', run)).status;

test('a held run keeps no place of its Worker, and is still there after a restart and kills of every part', async () => {
  await server.cli('run', 'held');
  await expect.poll(() => statusOf('held/1'), patience).toBe('waiting');
  expect(await server.cli('run', 'other', '--follow')).toMatchObject({ status: 0 });
  await restart();
  const parts: PartName[] = ['engine', 'control', 'web', 'temporal', 'postgres'];
  for (const part of parts) process.kill(server.pid(part), 'SIGKILL');
  await expect.poll(async () => (await server.cli('show', 'held/1')).status, patience).toBe(0);
  expect(await statusOf('held/1')).toBe('waiting');
  await expect.poll(async () => (await server.cli('approve', 'held/1')).status, patience).toBe(0);
  await expect.poll(() => statusOf('held/1'), patience).toBe('succeeded');
  expect((await server.cli('logs', 'held/1', '--job', 'a', '--action', 'after')).stdout).toContain('after');
  await expect
    .poll(() => posts.map(({ text }) => text.split('\n')[0]?.split('> ')[1]), patience)
    .toEqual(['waits for approval', 'has succeeded']);
}, 400_000);

test('a message that was being sent when the control worker was killed is sent by the next', async () => {
  posts.length = 0;
  answer.status = undefined;
  await server.cli('run', 'held');
  await expect.poll(() => posts.length, patience).toBe(1);
  process.kill(server.pid('control'), 'SIGKILL');
  answer.status = 200;
  await expect.poll(() => posts.length, { timeout: 240_000, interval: 500 }).toBe(2);
  expect(posts[1]).toEqual(posts[0]);
}, 400_000);

test('the control worker reminds of what waits, again and again, and lets others decide after a time', async () => {
  posts.length = 0;
  await server.cli('run', 'reminded');
  const told = (channel: string) =>
    posts.filter((post) => post.channel === channel).map(({ text }) => text.split('\n')[0]?.split('> ')[1]);
  await expect.poll(() => told('#lead'), patience).toHaveLength(1);
  await expect
    .poll(() => told('#ops').filter((text) => text === 'still waits for approval').length, patience)
    .toBeGreaterThan(1);
  const [item] = await server.json<ApprovalItem[]>('approvals', 'reminded/1');
  expect(item).toMatchObject({ roles: ['director', 'release'], escalateAt: null, remindTo: ['#ops'] });
  expect(await server.cli('stop', 'reminded/1')).toMatchObject({ status: 0 });
  expect(told('#lead')).toHaveLength(1);
}, 400_000);
