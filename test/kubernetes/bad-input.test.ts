import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { reachFor } from '../support/engine.ts';
import { kubernetesSetting } from './setting.ts';

const setting = kubernetesSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);
const before = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('PALVELLA_KUBERNETES_')) delete process.env[name];
});

test.each([
  [
    'a privileged container',
    { spec: { containers: [{ name: 'side', image: 'x', securityContext: { privileged: true } }] } },
    'privileged',
  ],
  [
    'more capabilities',
    {
      spec: { initContainers: [{ name: 'i', image: 'x', securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }] },
    },
    'privileged',
  ],
  ['a path of the node', { spec: { volumes: [{ name: 'h', hostPath: { path: '/' } }] } }, 'host_paths'],
  ['the network of the node', { spec: { hostNetwork: true } }, 'host_network'],
  [
    'a port of the node',
    { spec: { containers: [{ name: 'main', ports: [{ containerPort: 1, hostPort: 1 }] }] } },
    'host_network',
  ],
  ['the processes of the node', { spec: { hostPID: true } }, 'host_processes'],
])('%s is refused unless the Engine allows it by name', async (_, pod_template, name) => {
  const { exit, job } = await run({ pod_template }, 'true');
  expect(exit).toMatchObject({ status: null, broke: expect.stringContaining(`unless its Engine allows ${name}`) });
  expect(await setting().pods(job)).toBe('');
});

test.each([
  ['another command', { spec: { containers: [{ name: 'main', command: ['x'] }] } }, 'command of the container main'],
  [
    'another service account',
    { spec: { serviceAccountName: 'admin' } },
    'spec.serviceAccountName is not for a template',
  ],
  ['no list', { spec: { volumes: { name: 'x' } } }, 'spec.volumes is not a list'],
  ['a field that pods do not have', { spec: { volumes: [{ name: 'UPPER', emptyDir: {} }] } }, 'Kubernetes says'],
])('a template with %s: one clear line', async (_, pod_template, words) => {
  const { exit } = await run({ pod_template }, 'true');
  expect(exit).toMatchObject({ status: null, broke: expect.stringContaining(words) });
});

test('an image that does not exist: one clear line within a minute', async () => {
  const began = performance.now();
  const { exit } = await run({ image: '127.0.0.1:1/absent:1' }, 'true');
  expect(exit.broke).toMatch(/The pod cannot start: the image could not be pulled: 127\.0\.0\.1:1\/absent:1/);
  expect(performance.now() - began).toBeLessThan(60_000);
  const never = await run({ image: 'absent:1', pull: 'never' }, 'true');
  expect(never.exit.broke).toContain('the image is not on the node');
}, 90_000);

test('a quota that is used up: one clear line', async () => {
  const { kubectl } = setting();
  await kubectl('create', 'namespace', 'small').catch(() => undefined);
  await kubectl('create', 'quota', 'none', '-n', 'small', '--hard=pods=0').catch(() => undefined);
  await expect
    .poll(() => kubectl('get', 'sa', 'default', '-n', 'small', '-o', 'name').catch(() => ''), { timeout: 10_000 })
    .not.toBe('');
  await expect
    .poll(async () => (await run({ namespace: 'small' }, 'true')).exit.broke, { timeout: 20_000 })
    .toContain('The quota of the namespace is used up');
});

test('a pod that no node can take: the log says what is lacking, and it ends when its time is over', async () => {
  const { exit, said } = await run({ node_selector: { absent: 'yes' }, start_timeout: 4 }, 'true');
  expect(said).toContain('No node can take the pod yet');
  expect(exit.broke).toContain('The pod did not start within 4 s: no node can take the pod yet');
});

test('a context that is not there names those that are', async () => {
  expect((await run({ context: 'nowhere' }, 'true')).exit.broke).toContain('It has test.');
});

test('server and token by environment are taken before the kubeconfig; a wrong token: one clear line', async () => {
  const { kubectl } = setting();
  await kubectl(
    'create',
    'clusterrolebinding',
    'pods-of-tests',
    '--clusterrole=edit',
    '--serviceaccount=default:default',
  ).catch(() => undefined);
  process.env['PALVELLA_KUBERNETES_SERVER'] = 'https://127.0.0.1:16443';
  process.env['PALVELLA_KUBERNETES_SKIP_TLS_VERIFY'] = 'true';
  process.env['PALVELLA_KUBERNETES_TOKEN'] = await kubectl('create', 'token', 'default');
  expect((await run({}, 'echo by token')).stdout).toBe('by token\n');
  process.env['PALVELLA_KUBERNETES_TOKEN'] = 'wrong';
  expect((await run({}, 'true')).exit.broke).toContain('does not accept the Worker’s credentials');
});

test('a cluster that is down: one clear line, after it was tried again for a while', async () => {
  process.env['PALVELLA_KUBERNETES_SERVER'] = 'https://127.0.0.1:1';
  const began = performance.now();
  const { exit, said } = await run({}, 'true');
  expect(exit.broke).toContain('The cluster at https://127.0.0.1:1 cannot be reached');
  expect(said).toContain('Trying again');
  expect(performance.now() - began).toBeLessThan(60_000);
}, 90_000);

test('a pod does not reach what listens on the loopback of its node, as Temporal and PostgreSQL do', async () => {
  Object.assign(process.env, before);
  const server = createServer((_, answer) => answer.end('reached')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { stdout } = await run({}, reachFor(port));
  expect(stdout).toBe('no\nno\n');
  server.close();
});
