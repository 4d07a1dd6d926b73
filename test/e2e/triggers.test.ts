import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../core/api/objects.ts';
import type { Delivery, DeliveryDetail, DeliveryReceipt } from '../../core/api/triggers.ts';
import { githubHeaders, payload, secret } from '../triggers/setting.ts';
import { type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const folder = temporaryFolder();
const hostile = join(folder, 'hostile');
let server: StartedPalvella;

/** Notes each run in a file, with what was pushed: as text, whatever that is. */
const files = `kind: Credential
name: hook-secret
type: Text
data: { text: { from_environment: HOOK_SECRET } }
---
kind: Pipeline
name: build
parameters: [{ name: title, type: string }]
jobs:
  - name: note
    actions:
      - run: printf '%s|%s|%s\\n' "$BRANCH" "$TITLE" "$BODY" >> "$NOTES"
        environ:
          NOTES: ${join(folder, 'notes')}
          BRANCH: '\${{ trigger.branch }}'
          TITLE: '\${{ pipeline.parameters.title }}'
          BODY: '\${{ trigger.payload.head_commit.message }}'
---
kind: Pipeline
name: afterwards
jobs: [{ name: a, actions: [{ run: 'true' }] }]
---
kind: Pipeline
name: held
jobs:
  - name: hold
    actions:
      - { name: wait, wait: { trigger: released, timeout: 10m } }
      - { name: say, run: 'echo "version $VERSION"', environ: { VERSION: '\${{ job.current.action.wait.output.version }}' } }
---
kind: Trigger
name: on-push
github: { secret: { from_credential: hook-secret }, events: [push] }
runs: [{ pipeline: build, args: { title: '\${{ trigger.title }}' } }]
---
kind: Trigger
name: after-build
after: { pipeline: build }
runs: [{ pipeline: afterwards }]
---
kind: Trigger
name: released
rest: {}
---
kind: Trigger
name: untitled
rest: {}
runs: [{ pipeline: afterwards }, { pipeline: build, args: { title: "\${{ trigger.payload.title }}" } }]
`;

beforeAll(async () => {
  writeFileSync(join(folder, 'files.yaml'), files);
  server = await startPalvella({ env: { PALVELLA_CREDENTIAL_SOURCES: 'HOOK_SECRET', HOOK_SECRET: secret } });
  expect(await server.cli('apply', '-f', join(folder, 'files.yaml'))).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
});

function push(change: (value: Record<string, unknown>) => void): string {
  const value = JSON.parse(payload('github-push')) as Record<string, unknown>;
  change(value);
  return JSON.stringify(value);
}

/** As a forge that is set to send again: until it is acknowledged. */
async function sendUntilTaken(body: string, headers: Record<string, string>): Promise<DeliveryReceipt> {
  for (;;) {
    const answer = await fetch(`${server.url}/api/v1/hooks/on-push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    }).catch(() => undefined);
    // Killed in the middle of its answer, it has not acknowledged.
    const receipt = answer?.status === 202 ? await answer.json().catch(() => undefined) : undefined;
    if (receipt !== undefined) return receipt as DeliveryReceipt;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const runsOf = async (pipeline: string) =>
  await server.json<RunSummary[]>('runs', '--pipeline', pipeline, '--limit', '200');
const deliveriesOf = async (trigger: string) =>
  await server.json<Delivery[]>('deliveries', '--trigger', trigger, '--limit', '200');

async function comesToRest(): Promise<void> {
  await expect
    .poll(async () => (await server.json<Delivery[]>('deliveries', '--state', 'pending')).length, { timeout: 60_000 })
    .toBe(0);
  const open = async () =>
    (await server.json<RunSummary[]>('runs', '--limit', '200')).filter(
      ({ status, pipeline }) => status !== 'succeeded' && pipeline !== 'held',
    );
  await expect.poll(open, { timeout: 90_000 }).toEqual([]);
}

test('a push that is delivered twice, and interrupted by kill -9 of web, makes exactly one run', async () => {
  const body = payload('github-push');
  const headers = githubHeaders('push', body);
  const before = server.pid('web');
  const first = sendUntilTaken(body, headers);
  process.kill(before, 'SIGKILL');
  const receipts = [await first, await sendUntilTaken(body, headers)];
  expect(new Set(receipts.map(({ delivery }) => delivery)).size).toBe(1);
  expect(receipts[1]?.duplicate).toBe(true);
  await comesToRest();
  const [delivery, ...others] = await deliveriesOf('on-push');
  expect(others).toEqual([]);
  expect(delivery).toMatchObject({ id: receipts[0]?.delivery, state: 'recorded', reason: 'Started build/1.' });
  expect((await runsOf('build')).map(({ number }) => number)).toEqual([1]);
  expect(await runsOf('afterwards')).toHaveLength(1);
});

test.each(['web', 'control'] as const)(
  'what was acknowledged is a run, one each, whenever %s is killed',
  async (part) => {
    const before = (await runsOf('build')).length;
    const sent = Array.from({ length: 12 }, (_, at) => push((value) => void (value['compare'] = `${part} ${at}`)));
    const taken = new Set<string>();
    let killing = true;
    const kills = (async () => {
      for (const pause of [150, 400, 900]) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        try {
          process.kill(server.pid(part), 'SIGKILL');
        } catch {
          // It has not come back yet.
        }
      }
      killing = false;
    })();
    for (const body of sent) {
      const headers = githubHeaders('push', body);
      for (const each of await Promise.all([sendUntilTaken(body, headers), sendUntilTaken(body, headers)])) {
        taken.add(each.delivery);
      }
      if (killing) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await kills;
    await comesToRest();
    expect(taken.size).toBe(sent.length);
    expect(await runsOf('build')).toHaveLength(before + sent.length);
    expect(await runsOf('afterwards')).toHaveLength(before + sent.length);
  },
);

test('a branch, title and message that are code stay text', async () => {
  const code = `$(touch ${hostile}) \`touch ${hostile}\`; touch ${hostile} & "'\${{ 1 + 1 }}'" | touch ${hostile}`;
  const body = push((value) => {
    value['ref'] = `refs/heads/${code}`;
    Object.assign(value['head_commit'] as object, { message: `${code} title` });
  });
  await sendUntilTaken(body, githubHeaders('push', body));
  await comesToRest();
  expect(readFileSync(join(folder, 'notes'), 'utf8').split('\n')).toContain(`${code}|${code} title|${code} title`);
  expect(existsSync(hostile)).toBe(false);
});

test('a Job that waits goes on with what its Trigger is sent, over a kill of control', async () => {
  const started = await server.json<RunSummary>('run', 'held');
  const run = `${started.pipeline}/${started.number}`;
  const waits = async () => (await server.cli('show', run)).stdout;
  await expect.poll(waits, { timeout: 60_000 }).toContain('waits for what the Trigger released is sent');
  const called = server.spawn('trigger', 'released', '-p', 'version=1.10', '--json');
  process.kill(server.pid('control'), 'SIGKILL');
  await new Promise((resolve) => called.once('exit', resolve));
  expect(await server.cli('wait', run)).toMatchObject({ status: 0 });
  expect((await server.cli('logs', run, '--job', 'hold', '--action', 'say')).stdout).toContain('version 1.10');
  expect((await deliveriesOf('released'))[0]?.reason).toBe('Woke a Job that waited for it.');
});

test('the command calls, shows and sends again, and says what is wrong', async () => {
  const called = await server.cli('trigger', 'released', '-p', 'version=2');
  expect(called).toMatchObject({ status: 0, stdout: expect.stringContaining('no Job waits for it') });
  const [delivery] = await deliveriesOf('released');
  const shown = await server.cli('deliveries', 'show', delivery?.id ?? '');
  expect(shown.stdout).toContain('"version": "2"');
  const again = await server.json<DeliveryDetail>('deliveries', 'resend', delivery?.id ?? '');
  expect(again).toMatchObject({ resendOf: delivery?.id, state: 'dropped' });
  expect((await server.cli('deliveries')).stdout).toMatch(/on-push +github push/);
  expect(await server.cli('trigger', 'on-push')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('takes github, so it cannot be called'),
  });
  expect(await server.cli('trigger', 'nope')).toMatchObject({ status: 2 });
});

test('a call of which a run was not started ends with 1', async () => {
  writeFileSync(join(folder, 'number.json'), '{"title":1}');
  const called = await server.cli('trigger', 'untitled', '--payload', join(folder, 'number.json'));
  expect(called).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/Started afterwards.* Could not start build: /),
  });
  expect(called.stdout).toContain('/runs/');
  const [delivery] = await deliveriesOf('untitled');
  expect(await server.cli('deliveries', 'resend', delivery?.id ?? '', '--json')).toMatchObject({ status: 1 });
  expect(await server.cli('deliveries', 'show', delivery?.id ?? '')).toMatchObject({ status: 0 });
});

test('the secret is in no answer, no log and no delivery', async () => {
  const all = JSON.stringify(
    await Promise.all(
      (await deliveriesOf('on-push')).slice(0, 5).map(({ id }) => server.json('deliveries', 'show', id)),
    ),
  );
  const body = payload('github-push');
  const forged = await fetch(`${server.url}/api/v1/hooks/on-push`, {
    method: 'POST',
    headers: {
      ...githubHeaders('push', body, randomUUID()),
      'x-hub-signature-256': createHmac('sha256', 'x').update(body).digest('hex'),
    },
    body,
  });
  expect(forged.status).toBe(401);
  for (const text of [all, await forged.text(), server.output()]) expect(text).not.toContain(secret);
});
