import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { newJob, sleepsOf } from '../contracts/engine-harness.ts';
import { kubernetesSetting } from './setting.ts';

const setting = kubernetesSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);

test('an Action may have an image of its own: it is in the same pod and sees the files of the one before', async () => {
  const folder = join(setting().kubeconfig, '..');
  const image = join(import.meta.dirname, 'image');
  await promisify(execFile)('sh', [
    '-c',
    `${image} other:1 sh | ctr -a ${folder}/ctd/containerd.sock -n k8s.io images import -`,
  ]);
  const first = await run({}, 'echo kept > file; echo $HOSTNAME');
  const second = await run({ image: 'other:1' }, 'cat file; hostname', first.job);
  expect(second.stdout).toBe(`kept\n${first.exit.info['pod'] as string}\n`);
  expect((await run({}, 'cat file', first.job)).stdout).toBe('kept\n');
  expect((await setting().pods(first.job)).split('\n')).toHaveLength(1);
});

test('an Action that asks for another pod finds the files of the one before there, and what it makes goes back', async () => {
  const first = await run({}, 'mkdir -p deep; echo kept > deep/file; ln -s deep/file link; echo gone > gone');
  const second = await run(
    { resources: { requests: { cpu: '5m' } } },
    'cat link; rm gone; echo more > more',
    first.job,
  );
  expect(second.stdout).toBe('kept\n');
  expect(second.exit.info['pod']).not.toBe(first.exit.info['pod']);
  const third = await run({}, 'cat more; ls', first.job);
  expect(third.stdout).toBe('more\ndeep\nlink\nmore\n');
  expect(third.exit.info['pod']).toBe(first.exit.info['pod']);
});

test('what is known of the pod is told, and what a command used', async () => {
  const { exit } = await run({}, 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
  expect(exit.info).toMatchObject({ node: 'node1', namespace: 'default', pod: expect.stringMatching(/^palvella-/) });
  expect(exit.info['image']).toMatch(/sha256:[0-9a-f]{64}$/);
  expect(exit.info['cpuMs']).toBeGreaterThan(50);
  expect(exit.info['peakMemory']).toBeGreaterThan(100_000);
});

test('one who uses more memory than the pod may is told so', async () => {
  const { exit } = await run({ resources: { limits: { memory: '24Mi' } } }, 'x=a; while :; do x=$x$x; done');
  expect(exit).toMatchObject({ status: null, signal: 'SIGKILL', reason: expect.stringContaining('memory') });
});

test('labels, annotations, user and what is asked of a node stand in the pod', async () => {
  const { kubectl } = setting();
  await kubectl('label', 'node', 'node1', 'disk=fast', '--overwrite');
  const asked = {
    labels: { team: 'builders', 'palvella.dev/run': 'not-mine-to-say' },
    annotations: { note: 'x' },
    user: 1234,
    node_selector: { disk: 'fast' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    resources: { requests: { cpu: '10m', memory: '8Mi' }, limits: { cpu: 1 } },
  };
  const { exit, stdout, job } = await run(asked, 'id -u; echo x > file; cat file');
  expect(stdout).toBe('1234\nx\n');
  const pod = JSON.parse(await kubectl('get', 'pod', exit.info['pod'] as string, '-o', 'json'));
  expect(pod.metadata.labels).toMatchObject({ team: 'builders', 'palvella.dev/run': job.runId });
  expect(pod.metadata.annotations).toMatchObject({ note: 'x', 'palvella.dev/path': job.jobPath });
  expect(pod.spec.nodeSelector).toEqual({ disk: 'fast' });
  expect(pod.spec.containers[0].resources).toEqual({ requests: { cpu: '10m', memory: '8Mi' }, limits: { cpu: '1' } });
});

test('a pod has no token of a service account but of the one that its Engine names', async () => {
  const look = 'cat /var/run/secrets/kubernetes.io/serviceaccount/token 2>/dev/null | wc -c';
  expect(Number((await run({}, look)).stdout)).toBe(0);
  const { kubectl } = setting();
  await kubectl('create', 'serviceaccount', 'builder').catch(() => undefined);
  expect(Number((await run({ service_account: 'builder' }, look)).stdout)).toBeGreaterThan(100);
});

test('a template adds to the pod', async () => {
  const pod_template = {
    metadata: { labels: { from: 'template' } },
    spec: {
      volumes: [{ name: 'cache', emptyDir: {} }],
      containers: [
        {
          name: 'main',
          env: [{ name: 'FROM', value: 'template' }],
          volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
        },
        {
          name: 'side',
          image: 'alpine:latest',
          imagePullPolicy: 'Never',
          command: ['httpd', '-f', '-p', '8080', '-h', '/etc'],
        },
      ],
    },
  };
  const { stdout, exit } = await run(
    { pod_template },
    'echo $FROM; touch /cache/x; wget -qO- http://127.0.0.1:8080/os-release | head -1',
  );
  expect(stdout).toBe('template\nNAME="Alpine Linux"\n');
  const labels = await setting().kubectl(
    'get',
    'pod',
    exit.info['pod'] as string,
    '-o',
    'jsonpath={.metadata.labels.from}',
  );
  expect(labels).toBe('template');
});

test('a pod deleted under its Job says so, and a next Action gets another', async () => {
  const job = newJob();
  const first = run({}, 'echo begun; sleep 100', job);
  await expect.poll(() => sleepsOf(job.runId), { timeout: 20_000 }).toBe(1);
  await setting().kubectl('delete', '--wait=false', await setting().pods(job));
  expect((await first).exit).toMatchObject({
    status: null,
    broke: expect.stringMatching(/pod was (deleted|removed)|ended/),
  });
  expect((await run({}, 'echo again', job)).stdout).toBe('again\n');
}, 60_000);

test('nothing of a Job is left after its teardown', async () => {
  const { job } = await run({}, 'true');
  expect(await setting().pods(job)).toContain('palvella-');
  await setting().engine.teardown(job);
  expect(await setting().pods(job)).toBe('');
});
