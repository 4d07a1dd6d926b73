import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella } from './palvella.ts';

let server: StartedPalvella;

beforeAll(async () => {
  server = await startPalvella();
  const applied = await server.cli('apply', '-f', join(import.meta.dirname, '../browser/fork.yaml'));
  expect(applied.stderr).toBe('');
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

test('a fork goes on with the outputs and files of the run before, from the command line', async () => {
  expect((await server.cli('run', 'ship', '--follow')).status).toBe(1);
  const outlook = await server.cli('fork', 'ship/1', '--from', 'deploy', '--dry-run');
  expect(outlook).toMatchObject({ status: 0 });
  expect(outlook.stdout).toContain('  build  taken over\n  deploy  runs: The fork goes on from it.\n  tell  runs\n');
  const forked = await server.cli('fork', 'ship/1', '--from', 'deploy', '-p', 'environment=prod', '--follow');
  expect(forked.stderr).toBe('');
  expect(forked.status).toBe(0);
  expect(forked.stdout).toContain('taken over from ship/1');
  expect(forked.stdout).toContain('built 1.2 goes to prod');
});

test('a dry run refuses the parameters that the fork would be refused for', async () => {
  const dry = (...more: string[]) => server.cli('fork', 'ship/1', '--from', 'deploy', '--dry-run', ...more);
  expect(await dry('-p', 'environment=prod', '-p', 'password=other')).toMatchObject({ status: 0 });
  for (const [pair, said] of [
    ['environment=mars', 'environment takes one of "nonprod", "prod", not "mars".'],
    ['bogus=1', 'there is no parameter "bogus"'],
  ] as const) {
    const outlook = await dry('-p', pair);
    expect(outlook).toMatchObject({ status: 2, stdout: expect.stringContaining(said) });
    const refused = await server.cli('fork', 'ship/1', '--from', 'deploy', '-p', pair);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining(said) });
  }
});

test('what cannot be taken over is named, with exit status 2, and no run is made of it', async () => {
  const refused = await server.cli('fork', 'ship/1', '--from', 'tell');
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('deploy: It did not end well in ship/1: failed.');
  expect(await server.cli('fork', 'ship/1', '--from', 'tell', '--dry-run')).toMatchObject({ status: 2 });
  const runs = await server.json<{ number: number }[]>('runs');
  expect(runs.map(({ number }) => number)).toEqual([2, 1]);
});

test('a fork asked for while the web process dies is one run, whole', async () => {
  const { token } = await server.json<{ token: string }>('token', 'create', 'forker');
  const ask = () =>
    fetch(`${server.url}/api/v1/runs/${encodeURIComponent('ship/1')}/fork`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'once' },
      body: JSON.stringify({ from: 'deploy', parameters: { environment: 'prod' } }),
    });
  const first = ask().catch(() => undefined);
  await new Promise((done) => setTimeout(done, 15));
  process.kill(server.pid('web'), 'SIGKILL');
  await first;
  // With no answer one asks again, until the server is back.
  const again = () =>
    ask().then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(again, { timeout: 60_000, interval: 300 }).toBe(201);
  const run = await server.json<RunDetail>('wait', 'ship/3').then(() => server.json<RunDetail>('show', 'ship/3'));
  expect(run).toMatchObject({
    status: 'succeeded',
    jobs: [{ path: 'build', status: 'succeeded' }, { path: 'deploy', status: 'succeeded' }, { path: 'tell' }],
  });
  const runs = await server.json<{ number: number }[]>('runs');
  expect(runs.map(({ number }) => number)).toEqual([3, 2, 1]);
});
