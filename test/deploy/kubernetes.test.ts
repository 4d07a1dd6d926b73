import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Outcome, palvella, temporaryFolder } from '../e2e/palvella.ts';
import { atEnd } from '../support/database.ts';
import { kubectl } from '../support/kubernetes.ts';
import { apply } from './apply.ts';
import { overlay } from './kubernetes-overlay.ts';
import { servicesBesideCluster } from './services.ts';
import { type Cluster, clusterWithImage, firstBuildMs, forward } from './setting.ts';

const token = 'of-the-administrator-'.padEnd(40, 'x');
let cluster: Cluster;
let cli: (...args: string[]) => Promise<Outcome>;
const k = async (...args: string[]) => await kubectl(cluster.kubeconfig, ...args);
const inPalvella = async (...args: string[]) => await k('-n', 'palvella', ...args);

beforeAll(async () => {
  cluster = await clusterWithImage();
  await remove('--wait=true');
  const services = await servicesBesideCluster();
  let webPod = '127.0.0.1';
  const web = await forward(() => ({ host: webPod, port: 4600 }));
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  atEnd(async () => rmSync(folder, { recursive: true }));
  const { kustomization, objects } = overlay({ ...cluster, services, web, token, folder });
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  await k('apply', '-k', folder);
  await apply(cluster.kubeconfig, objects);
  await inPalvella('rollout', 'status', 'deployment/palvella-web', '--timeout=150s');
  const ofWeb = ['-l', 'app.kubernetes.io/component=web', '-o', 'jsonpath={.items[0].status.podIP}'];
  webPod = await inPalvella('get', 'pods', ...ofWeb);
  cli = (...args) => palvella(args, { PALVELLA_URL: `http://${web.host}:${web.port}`, PALVELLA_TOKEN: token }, folder);
  const file = join(folder, 'count.yaml');
  const engine = { type: 'kubernetes', image: 'alpine:latest', pull: 'never' };
  const command = 'echo in $HOSTNAME; for i in $(seq 100); do echo line $i; sleep 0.2; done';
  const job = { name: 'job', engine, actions: [{ name: 'step', run: command }] };
  writeFileSync(file, JSON.stringify({ name: 'count', jobs: [job] }));
  expect(await cli('apply', '-f', file)).toMatchObject({ status: 0, stderr: '' });
}, firstBuildMs);
afterAll(async () => {
  await remove('--wait=false');
});

async function remove(wait: string): Promise<void> {
  await k('delete', 'namespace', 'palvella', 'palvella-jobs', '--ignore-not-found', '--grace-period=1', wait);
  await k('delete', 'persistentvolume', '-l', 'for=palvella-test', wait);
}

test('a Pipeline runs its Job in a pod, also when the pod of its Worker is made anew meanwhile', async () => {
  const running = cli('run', 'count', '--follow');
  const log = async () => (await cli('logs', 'count/1', '--job', 'job', '--action', 'step')).stdout;
  await expect.poll(log, { timeout: 90_000 }).toContain('line 5\n');
  expect(await k('-n', 'palvella-jobs', 'get', 'pods', '-o', 'name')).toMatch(/^pod\/palvella-\S+$/);
  await inPalvella('delete', 'pod', 'palvella-engine-0', '--force', '--grace-period=0');
  expect((await running).status).toBe(0);
  const [first, ...lines] = (await log()).trimEnd().split('\n');
  expect(first).toMatch(/^in palvella-/);
  expect(lines).toEqual(Array.from({ length: 100 }, (_, at) => `line ${at + 1}`));
  expect(await inPalvella('get', 'pvc', '-o', 'jsonpath={.items[*].status.phase}')).toBe('Bound Bound');
});

test('the account of Workers may handle pods among the Jobs, and nothing else', async () => {
  const may = (namespace: string, ...what: string[]) =>
    k('auth', 'can-i', ...what, '-n', namespace, '--as=system:serviceaccount:palvella:palvella-engine').catch(
      () => 'no',
    );
  expect(await may('palvella-jobs', 'create', 'pods')).toBe('yes');
  expect(await may('palvella-jobs', 'create', 'pods', '--subresource=exec')).toBe('yes');
  for (const denied of [
    'get secrets',
    'get pods --subresource=log',
    'update pods',
    'create rolebindings',
    'impersonate users',
  ]) {
    expect(`${denied}: ${await may('palvella-jobs', ...denied.split(' '))}`).toBe(`${denied}: no`);
  }
  expect(await may('palvella', 'create', 'pods')).toBe('no');
  expect(await may('palvella', 'get', 'secrets')).toBe('no');
});

test('a policy keeps every pod of a Job from private addresses, where Temporal and PostgreSQL are', async () => {
  const policy = JSON.parse(await k('-n', 'palvella-jobs', 'get', 'networkpolicy', 'jobs', '-o', 'json')) as {
    spec: { podSelector: object; policyTypes: string[]; ingress?: object[]; egress: { to: object[] }[] };
  };
  expect(policy.spec.podSelector).toEqual({});
  expect(policy.spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(policy.spec.ingress).toBeUndefined();
  const blocks = policy.spec.egress.flatMap(({ to }) => to).filter((one) => 'ipBlock' in one);
  expect(JSON.stringify(blocks)).toContain('"10.0.0.0/8"');
  for (const block of blocks) expect(block).toHaveProperty('ipBlock.except');
});
