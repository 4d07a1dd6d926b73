import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const folder = temporaryFolder();
const secret = 'kept-key-of-the-cloud';
let server: StartedPalvella;

/** A cloud in a folder: signed in to by a key file, with a resource that the setup makes and the teardown takes away. */
const files = `kind: Credential
name: cloud-key
type: Text
data: { text: { from_environment: CLOUD_KEY } }
---
kind: Engine
name: cloud
type: local
environ: { CLOUD_TOKEN: { from_credential: cloud-key } }
setup: { job: sign-in, args: { folder: ${folder} } }
teardown: { job: sign-out, args: { folder: ${folder} } }
---
kind: Job
name: sign-in
params: [{ name: folder, type: string }]
actions:
  - name: key-file
    run: |
      umask 077
      printf %s "$KEY" > "$HOME/key.json"
      touch "$FOLDER/resource"
      printf 'environ={"GOOGLE_APPLICATION_CREDENTIALS": "%s", "RESOURCE": 7}\\n' "$HOME/key.json" > "$PALVELLA_OUTPUT"
    environ:
      KEY: { from_credential: cloud-key }
      FOLDER: \${{ job.self.params.folder }}
---
kind: Job
name: sign-out
params: [{ name: folder, type: string }]
actions:
  - name: destroy
    run: rm "$FOLDER/resource" && echo "resource $RESOURCE destroyed" && echo "$GOOGLE_APPLICATION_CREDENTIALS" > "$FOLDER/path"
    environ: { FOLDER: '\${{ job.self.params.folder }}' }
---
kind: Pipeline
name: uses
jobs:
  - name: use
    engine: cloud
    actions:
      - { name: look, run: 'echo "key $(cat "$GOOGLE_APPLICATION_CREDENTIALS") token $CLOUD_TOKEN resource $RESOURCE"' }
---
kind: Pipeline
name: stays
jobs:
  - { name: use, engine: cloud, actions: [{ name: look, run: sleep 600 }] }
`;

beforeAll(async () => {
  writeFileSync(join(folder, 'hooks.yaml'), files);
  server = await startPalvella({ env: { CLOUD_KEY: secret, PALVELLA_CREDENTIAL_SOURCES: 'CLOUD_KEY' } });
  expect(await server.cli('apply', '-f', join(folder, 'hooks.yaml'))).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

const actionsOf = (run: RunDetail) => run.jobs[0]?.actions.map(({ name, status }) => `${name} ${status}`);
const show = (run: string) => server.json<RunDetail>('show', run);

test('a Job on an Engine that signs in, makes a resource and takes it away', async () => {
  expect(await server.cli('run', 'uses', '--follow')).toMatchObject({ status: 0 });
  const run = await show('uses/1');
  expect(actionsOf(run)).toEqual([
    'setup:cloud:key-file succeeded',
    'look succeeded',
    'teardown:cloud:destroy succeeded',
  ]);
  const log = async (action: string) => (await server.cli('logs', 'uses/1', '--job', 'use', '--action', action)).stdout;
  expect(await log('look')).toBe('key *** token *** resource 7\n');
  expect(await log('teardown:cloud:destroy')).toBe('resource 7 destroyed\n');
  expect(existsSync(join(folder, 'resource'))).toBe(false);
  // The key was in the Job's own folder, and went with it.
  const key = readFileSync(join(folder, 'path'), 'utf8').trim();
  await expect.poll(() => existsSync(key), { timeout: 10_000 }).toBe(false);
  expect(JSON.stringify(run)).not.toContain(secret);
});

test('a run that is stopped takes its resource away', async () => {
  await server.cli('run', 'stays');
  await expect.poll(() => existsSync(join(folder, 'resource')), { timeout: 30_000 }).toBe(true);
  expect(await server.cli('stop', 'stays/1')).toMatchObject({ status: 0 });
  await server.cli('wait', 'stays/1');
  const run = await show('stays/1');
  expect([run.status, actionsOf(run)?.at(-1)]).toEqual(['stopped', 'teardown:cloud:destroy succeeded']);
  expect(existsSync(join(folder, 'resource'))).toBe(false);
});

test('so does one that is terminated in Temporal, before it is closed', async () => {
  await server.cli('run', 'stays');
  const running = async () => (await show('stays/2')).jobs[0]?.actions[1]?.status;
  await expect.poll(running, { timeout: 30_000 }).toBe('running');
  await server.terminate('run/stays/2');
  // Who compares runs with Temporal does so when it starts, of all that are older than ten seconds.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  process.kill(server.pid('control'), 'SIGKILL');
  await expect.poll(async () => (await show('stays/2')).status, { timeout: 60_000, interval: 500 }).toBe('stopped');
  const run = await show('stays/2');
  expect((await server.cli('show', 'stays/2')).stdout).toContain('It was terminated in Temporal.');
  expect(actionsOf(run)?.at(-1)).toBe('teardown:cloud:destroy succeeded');
  expect(existsSync(join(folder, 'resource'))).toBe(false);
});
