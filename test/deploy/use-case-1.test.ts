import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail } from '../../core/api/objects.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { type Outcome, palvella } from '../e2e/palvella.ts';
import { kubectl } from '../support/kubernetes.ts';
import { apply } from './apply.ts';
import { type Services, servicesBesideCluster } from './services.ts';
import { type Cluster, clusterWithImage, firstBuildMs } from './setting.ts';
import { useCase1Pod } from './use-case-1-pod.ts';

const namespace = 'palvella-use-case-1';
const key = JSON.stringify({ type: 'service_account', private_key: randomBytes(64).toString('base64') });
let cluster: Cluster;
let services: Services;
let cli: (...args: string[]) => Promise<Outcome>;
const k = async (...args: string[]) => await kubectl(cluster.kubeconfig, '-n', namespace, ...args);

beforeAll(async () => {
  cluster = await clusterWithImage();
  services = await servicesBesideCluster();
  await k('delete', 'namespace', namespace, '--ignore-not-found', '--grace-period=1');
  await apply(cluster.kubeconfig, useCase1Pod({ ...cluster, namespace, key, services }));
  await k('wait', '--for=condition=Ready', 'pod/palvella', '--timeout=120s');
  const address = await k('get', 'pod', 'palvella', '-o', 'jsonpath={.status.podIP}');
  // Web answers before all else does.
  const all = 'until [ -e "$PALVELLA_DATA_DIR/connection.json" ]; do sleep 0.2; done';
  await k('exec', 'palvella', '--', 'sh', '-c', all);
  const token = await k('exec', 'palvella', '--', '/app/deploy/entrypoint', 'token', 'create', 'test');
  const env = { PALVELLA_URL: `http://${address}:4600`, PALVELLA_TOKEN: token };
  cli = (...args) => palvella(args, env);
}, firstBuildMs);
afterAll(async () => {
  await k('delete', 'namespace', namespace, '--wait=false', '--grace-period=1');
});

async function runOnce(): Promise<RunDetail> {
  const started = await cli('run', 'use-case-1', '--follow');
  expect(started.status).toBe(0);
  const number = /^use-case-1\/(\d+)/.exec(started.stdout)?.[1];
  return JSON.parse((await cli('show', `use-case-1/${number}`, '--json')).stdout) as RunDetail;
}

test('the first Job runs as a pod with the key, its end is recorded, the next step is chosen by it, and the server waits again', async () => {
  expect(await cli('apply', '-f', join(import.meta.dirname, 'use-case-1.yaml'))).toMatchObject({ status: 0 });
  const run = await runOnce();
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
  expect((await cli('logs', 'use-case-1/1')).stdout).toContain(`working in ${pod}`);
  expect(await recorded('run/use-case-1/1')).toContainEqual(
    expect.objectContaining({ pod, namespace, node: 'node1', image: expect.stringContaining('sha256:') }),
  );
  const ofJobs = () => k('get', 'pods', '-l', 'app.kubernetes.io/managed-by=palvella', '-o', 'name');
  await expect.poll(ofJobs, { timeout: 60_000 }).toBe('');

  expect((await runOnce()).number).toBe(2);
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
