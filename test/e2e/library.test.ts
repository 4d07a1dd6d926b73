import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const folder = temporaryFolder();
const file = join(folder, 'draft.yaml');
let server: StartedPalvella;

beforeAll(async () => {
  server = await startPalvella();
  writeFileSync(
    file,
    `name: ship
parameters: [{ name: times, type: number, default: 1 }]
jobs:
  - { name: build, actions: [{ run: 'exit 9' }] }
  - { name: each, for_each: [1, 2], actions: [{ run: 'exit 9' }] }
  - name: deploy
    requires: [build, each]
    jobs:
      - { name: check, actions: [{ run: 'exit 9' }] }
      - name: apply
        requires: [check]
        actions:
          - run: 'echo "$DIGEST $COUNT $OF $TIMES"'
            environ:
              DIGEST: '\${{ job.build.output.digest }}'
              COUNT: '\${{ job.each.output[1].n }}'
              OF: '\${{ job.check.status }}'
              TIMES: '\${{ pipeline.parameters.times }}'
  - { name: after, requires: [deploy], actions: [{ run: 'exit 9' }] }
`,
  );
});
afterAll(async () => {
  await server?.stop();
  for (const path of [server.dataDir, folder]) rmSync(path, { recursive: true, force: true });
});

test('versions are listed, printed and restored from the command line', async () => {
  const job = (command: string) => {
    const path = join(folder, 'job.yaml');
    writeFileSync(path, `kind: Job\nname: build\nactions: [{ run: '${command}' }]\n`);
    return path;
  };
  await server.cli('apply', '-f', job('echo one'), '--note', 'first');
  await server.cli('apply', '-f', job('echo two'));
  expect((await server.cli('versions', 'job', 'build')).stdout).toMatch(/VERSION.*\n2 .*\n1 .*first\n/);
  expect((await server.cli('versions', 'job', 'build', '1')).stdout).toContain('echo one');
  expect((await server.cli('restore', 'job', 'build', '1')).stdout).toBe('Job build changed, version 3\n');
  expect((await server.cli('get', 'job', 'build')).stdout).toContain('echo one');
  expect(await server.cli('restore', 'job', 'build', '9')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Its newest is 3.'),
  });
});

test('one Job of a file runs with sample values, and nothing else of it', async () => {
  const samples = ['--output', 'build={"digest":"d1"}', '--output', 'each=[{"n":1},{"n":2}]', '-p', 'times=3'];
  const tried = await server.cli('try', '--file', file, '--job', 'deploy/apply', ...samples, '--follow');
  expect(tried.stderr).toBe('');
  expect(tried.stdout).toContain('d1 2 succeeded 3');
  expect(tried.stdout).toContain('try:ship/1 succeeded');
  expect(tried.status).toBe(0);
  const run = await server.json<RunDetail>('show', 'try:ship/1');
  expect(run.jobs.map(({ name }) => name)).not.toContain('after');
  expect(await server.json<unknown[]>('runs')).toEqual([]);
  // It is a run like others: it may be done again.
  expect((await server.cli('retry', 'try:ship/1', '--from', 'deploy/apply', '--follow')).stdout).toContain(
    'try:ship/2 succeeded',
  );
});

test('a Pipeline is renamed from the command line, and what calls it goes on', async () => {
  const path = join(folder, 'named.yaml');
  const actions = "actions: [{ run: 'echo done' }]";
  writeFileSync(path, `name: old\njobs: [{ name: a, ${actions} }]\n---\nname: caller\njobs: [{ pipeline: old }]\n`);
  await server.cli('apply', '-f', path);
  expect(await server.cli('run', 'old', '--follow')).toMatchObject({ status: 0 });
  expect((await server.cli('rename', 'pipeline', 'old', 'new')).stdout).toBe(
    'Pipeline old is called new now, version 2\nPipeline caller changed, version 2\n',
  );
  expect(await server.cli('run', 'caller', '--follow')).toMatchObject({ status: 0 });
  const retried = JSON.parse((await server.cli('retry', 'old/1', '--from', 'a', '--json')).stdout) as RunDetail;
  expect(`${retried.pipeline}/${retried.number}`).toBe('new/1');
  expect(await server.cli('wait', 'new/1')).toMatchObject({ status: 0 });
  expect(await server.cli('rename', 'pipeline', 'new', 'caller')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('There is a Pipeline called caller already.'),
  });
});
