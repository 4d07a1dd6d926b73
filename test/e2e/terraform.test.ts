import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcome, type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

interface Run {
  status: string;
  jobs: { name: string; status: string; actions: { name: string; status: string }[] }[];
}

let server: StartedPalvella;
const state = temporaryFolder();

beforeAll(async () => {
  server = await startPalvella();
  const applied = await server.cli('apply', '-f', 'examples/terraform');
  expect(applied).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

function deploy(...parameters: string[]) {
  const child = server.spawn(
    'run',
    'deploy-terraform',
    '--follow',
    ...[`state-folder=${state}`, ...parameters].flatMap((parameter) => ['-p', parameter]),
  );
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { printed: () => printed, ended: outcome(child) };
}

const statuses = ({ jobs }: Run) => Object.fromEntries(jobs.map(({ name, status }) => [name, status]));
const hold = ({ jobs }: Run, name: string) =>
  jobs.find((job) => job.name === name)?.actions.find((action) => action.name === 'hold');

test('changes in prod: held, approved, and the plan that was approved is applied', async () => {
  const run = deploy('environment=prod');
  await expect
    .poll(run.printed, { timeout: 60_000 })
    .toContain('palvella approve deploy-terraform/1 --job approve-prod');
  expect(run.printed()).not.toContain('Apply complete! Resources: 1 added');
  expect(await server.cli('approve')).toMatchObject({ status: 0 });
  const { status, stdout } = await run.ended;
  expect(status).toBe(0);
  expect(stdout).toContain('Apply complete! Resources: 1 added, 0 changed, 0 destroyed.');
  const shown = await server.json<Run>('show', 'deploy-terraform/1');
  expect(new Set(Object.values(statuses(shown)))).toEqual(new Set(['succeeded']));
  expect(hold(shown, 'approve-nonprod')?.status).toBe('skipped');
  expect(hold(shown, 'approve-prod')?.status).toBe('succeeded');
});

test('nothing to change any more: no hold', async () => {
  const { status, stdout } = await deploy('environment=prod').ended;
  expect(status).toBe(0);
  expect(stdout).toContain('No changes.');
  const shown = await server.json<Run>('show', 'deploy-terraform/2');
  expect(hold(shown, 'approve-prod')?.status).toBe('skipped');
});

test('environment=nonprod: the Jobs of prod are skipped', async () => {
  expect((await deploy('environment=nonprod').ended).status).toBe(0);
  expect(statuses(await server.json<Run>('show', 'deploy-terraform/3'))).toEqual({
    'terraform-nonprod-plan': 'succeeded',
    'approve-nonprod': 'succeeded',
    'terraform-nonprod-apply': 'succeeded',
    'terraform-prod-plan': 'skipped',
    'approve-prod': 'skipped',
    'terraform-prod-apply': 'skipped',
  });
});

test('rejected: the run fails, and nothing is applied', async () => {
  const run = deploy('environment=prod', 'release=2');
  await expect.poll(run.printed, { timeout: 60_000 }).toContain('waits for approval');
  expect(
    await server.cli('reject', 'deploy-terraform/4', '--job', 'approve-prod', '--comment', 'not today'),
  ).toMatchObject({ status: 0 });
  const { status, stdout } = await run.ended;
  expect(status).toBe(1);
  expect(stdout).not.toContain('Apply complete! Resources: 1 added');
  expect(statuses(await server.json<Run>('show', 'deploy-terraform/4'))).toMatchObject({
    'terraform-prod-apply': 'blocked',
  });
});
