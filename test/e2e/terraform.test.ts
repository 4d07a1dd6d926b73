import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApprovalItem, Preview } from '../../core/api/approvals.ts';
import { outcome, type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

interface Run {
  status: string;
  jobs: { name: string; status: string; output: object; actions: { name: string; status: string }[] }[];
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

/** By the API, with the command line's own token. */
async function get<T>(path: string): Promise<T> {
  const { url, token } = JSON.parse(readFileSync(join(server.dataDir, 'connection.json'), 'utf8'));
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const pending = async () => (await get<{ items: ApprovalItem[] }>('/approvals?state=pending')).items;

const statuses = ({ jobs }: Run) => Object.fromEntries(jobs.map(({ name, status }) => [name, status]));
const hold = ({ jobs }: Run, name: string) =>
  jobs.find((job) => job.name === name)?.actions.find((action) => action.name === 'hold');

test('changes in prod: held, approved, and the plan that was approved is applied', async () => {
  const run = deploy('environment=prod');
  await expect
    .poll(run.printed, { timeout: 60_000 })
    .toContain('palvella approve deploy-terraform/1 --job approve-prod');
  expect(run.printed()).not.toContain('Apply complete! Resources: 1 added');
  const [asked] = await pending();
  expect(asked).toMatchObject({ jobPath: 'approve-prod', prompt: 'Apply these changes to prod?' });
  expect(asked?.files.map(({ key }) => key)).toEqual(['tfplan-prod.txt', 'tfplan-prod']);
  const shown = await get<Preview>(`/approvals/${asked?.id}/files/tfplan-prod.txt`);
  expect(shown.text).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
  const approved = await server.cli('approve');
  expect(approved).toMatchObject({ status: 0 });
  expect(approved.stdout).toContain(`digest ${asked?.digest.slice(0, 12)}`);
  const { status, stdout } = await run.ended;
  expect(status).toBe(0);
  expect(stdout).toContain('Apply complete! Resources: 1 added, 0 changed, 0 destroyed.');
  const run1 = await server.json<Run>('show', 'deploy-terraform/1');
  expect(new Set(Object.values(statuses(run1)))).toEqual(new Set(['succeeded']));
  expect(hold(run1, 'approve-nonprod')?.status).toBe('skipped');
  expect(hold(run1, 'approve-prod')?.status).toBe('succeeded');
  const plan = asked?.files.find(({ key }) => key === 'tfplan-prod');
  expect(run1.jobs.find(({ name }) => name === 'approve-prod')?.output).toMatchObject({
    plan: plan?.sha256,
    digest: asked?.digest,
    by: ['local/admin'],
  });
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

test('a plan that is not the one that was approved is not applied', async () => {
  const run = deploy('environment=prod', 'release=3');
  await expect.poll(run.printed, { timeout: 60_000 }).toContain('deploy-terraform/5 --job approve-prod');
  // Somebody who can write to the database puts another plan where the one that is shown was.
  const { port, password } = JSON.parse(readFileSync(join(server.dataDir, 'postgres.json'), 'utf8'));
  const client = new pg.Client({ connectionString: `postgresql://palvella:${password}@127.0.0.1:${port}/postgres` });
  await client.connect();
  const changed = await client.query(
    `update stored_files f set blob = o.blob, size = o.size from stored_files o, runs r
     where r.pipeline = 'deploy-terraform' and r.number = 5 and f."runId" = r.id and o."runId" = r.id
       and f.key = 'tfplan-prod' and o.key = 'tfplan-nonprod'`,
  );
  await client.end();
  expect(changed.rowCount).toBe(1);
  expect(await server.cli('approve', 'deploy-terraform/5')).toMatchObject({ status: 0 });
  const { status, stdout } = await run.ended;
  expect(status).toBe(1);
  expect(stdout).toContain('tfplan-prod is not the file that was meant');
  expect(stdout).not.toContain('Apply complete! Resources: 1 added');
});
