import { createHash, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import type { ScheduleSummary } from '../../core/api/schedules.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { type Outcome, palvella } from '../e2e/palvella.ts';
import { kubectl } from '../support/kubernetes.ts';
import { apply } from './apply.ts';
import { type Services, servicesBesideCluster } from './services.ts';
import { type Cluster, clusterWithImage, firstBuildMs } from './setting.ts';
import { useCase1Pod } from './use-case-1-pod.ts';

const namespace = 'palvella-use-case-1';
const key = JSON.stringify({ type: 'service_account', private_key: randomBytes(64).toString('base64') });
const hookSecret = randomBytes(24).toString('base64url');
let cluster: Cluster;
let url: string;
let token: string;
let services: Services;
let cli: (...args: string[]) => Promise<Outcome>;
const k = async (...args: string[]) => await kubectl(cluster.kubeconfig, '-n', namespace, ...args);

beforeAll(async () => {
  cluster = await clusterWithImage();
  services = await servicesBesideCluster();
  await k('delete', 'namespace', namespace, '--ignore-not-found', '--grace-period=1');
  await apply(cluster.kubeconfig, useCase1Pod({ ...cluster, namespace, key, hookSecret, services }));
  await k('wait', '--for=condition=Ready', 'pod/palvella', '--timeout=120s');
  const address = await k('get', 'pod', 'palvella', '-o', 'jsonpath={.status.podIP}');
  // Web answers before all else does.
  const all = 'until [ -e "$PALVELLA_DATA_DIR/connection.json" ]; do sleep 0.2; done';
  await k('exec', 'palvella', '--', 'sh', '-c', all);
  token = await k('exec', 'palvella', '--', '/app/deploy/entrypoint', 'token', 'create', 'test');
  url = `http://${address}:4600`;
  const env = { PALVELLA_URL: url, PALVELLA_TOKEN: token };
  cli = (...args) => palvella(args, env);
}, firstBuildMs);
afterAll(async () => {
  await k('delete', 'namespace', namespace, '--wait=false', '--grace-period=1');
});

/** The run that a Trigger started, for that time, once it has ended. */
async function ended(trigger: string, at: string): Promise<RunDetail> {
  const started = async () => {
    const response = await fetch(`${url}/api/v1/runs?limit=200`, { headers: { authorization: `Bearer ${token}` } });
    const { items } = (await response.json()) as { items: RunSummary[] };
    return items.filter(({ startedBy, parameters }) => startedBy === `trigger/${trigger}` && parameters['at'] === at);
  };
  await expect.poll(async () => (await started()).length, patient).toBe(1);
  const id = (await started())[0]?.id ?? '';
  expect(await cli('wait', id)).toMatchObject({ status: 0 });
  return JSON.parse((await cli('show', id, '--json')).stdout) as RunDetail;
}

/** As a sender of webhooks does. */
function push(body: string, secret = hookSecret): Promise<Response> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-signature-256': signature };
  return fetch(`${url}/api/v1/hooks/commit`, { method: 'POST', headers, body });
}

const patient = { timeout: 60_000, interval: 300 };
const ofJobs = () => k('get', 'pods', '-l', 'app.kubernetes.io/managed-by=palvella', '-o', 'name');

test('a commit runs the first Job as a pod with the key, its end is recorded, the next step is chosen by it, and the server waits again', async () => {
  expect(await cli('apply', '-f', join(import.meta.dirname, 'use-case-1.yaml'))).toMatchObject({ status: 0 });
  const commit = JSON.stringify({ ref: 'refs/heads/main', after: '4f2c1e' });
  expect((await push(commit, 'of somebody else')).status).toBe(401);
  expect((await push(commit)).status).toBe(202);
  const run = await ended('commit', 'at once');
  const jobs = Object.fromEntries(run.jobs.map((job) => [job.name, job]));
  const work = jobs['first']?.actions.find((action) => action.name === 'work');
  expect(work).toMatchObject({
    status: 'succeeded',
    exitStatus: 3,
    output: { digest: createHash('sha256').update(key).digest('hex'), pod: expect.stringMatching(/^palvella-/) },
  });
  expect(jobs['after-three']?.status).toBe('succeeded');
  expect(jobs['after-another']?.status).toBe('skipped');

  const pod = (work?.output as { pod?: string } | undefined)?.pod;
  expect((await cli('logs', run.id)).stdout).toContain(`working in ${pod}`);
  expect(await recorded(`run/use-case-1/${run.number}`)).toContainEqual(
    expect.objectContaining({ pod, namespace, node: 'node1', image: expect.stringContaining('sha256:') }),
  );
  await expect.poll(ofJobs, patient).toBe('');

  // The same delivery again is the same run.
  expect(await (await push(commit)).json()).toMatchObject({ duplicate: true });
  await ended('commit', 'at once');
});

test('each ten minutes it runs by the clock: the next times are known, and a time of the past that is made up for is one run', async () => {
  const [schedule] = JSON.parse((await cli('schedules', '--json')).stdout) as [ScheduleSummary];
  expect(schedule).toMatchObject({
    name: 'every-ten-minutes',
    every: 'every 10 minutes',
    state: 'same',
    paused: false,
  });
  const times = schedule.next.map((at) => Date.parse(at));
  expect(times).toHaveLength(10);
  for (const [index, at] of times.entries()) expect(at).toBe((times[0] ?? 0) + index * 600_000);

  const from = new Date((times[0] ?? 0) - 2 * 600_000);
  const to = new Date(from.getTime() + 600_000);
  const span = ['--from', from.toISOString(), '--to', to.toISOString()];
  expect(await cli('schedule', 'backfill', 'every-ten-minutes', ...span)).toMatchObject({ status: 0 });
  const run = await ended('every-ten-minutes', from.toISOString().replace('.000Z', 'Z'));
  expect(run.jobs.map(({ name, status }) => [name, status])).toContainEqual(['after-three', 'succeeded']);
  await expect.poll(ofJobs, patient).toBe('');
});

test('the Worker beside it knows the token of the cluster, and nothing of the database', async () => {
  // In brackets, so that this command does not find itself.
  const found = "grep -l '[w]orkers/engine.ts' /proc/[0-9]*/cmdline 2>/dev/null | head -1";
  const script = `tr '\\0' '\\n' < $(dirname "$(${found})")/environ | cut -d = -f 1`;
  const environment = await k('exec', 'palvella', '--', 'sh', '-c', script);
  expect(environment).toContain('PALVELLA_KUBERNETES_TOKEN');
  expect(environment).not.toMatch(/^(DATABASE_URL|PG|PALVELLA_TOKEN)/m);
});

test('its log is JSON, and a SIGTERM ends it in order', async () => {
  const whole = k('logs', 'palvella', '--follow');
  await k('delete', 'pod', 'palvella', '--wait=false');
  const lines = (await whole).split('\n').map((line) => JSON.parse(line) as { msg?: string });
  expect(lines.at(-1)?.msg).toBe('stopped');
});

/** What was told of each Action's end, from the run's history. */
async function recorded(workflowId: string): Promise<unknown[]> {
  const connection = await Connection.connect({ address: services.temporalHere });
  const client = new Client({ connection, dataConverter });
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  await connection.close();
  const results = (events ?? []).flatMap((event) => event.activityTaskCompletedEventAttributes?.result?.payloads ?? []);
  return results.map(({ data }) =>
    data?.length ? (JSON.parse(String(data)) as { info?: unknown } | null)?.info : null,
  );
}
