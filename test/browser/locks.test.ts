import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella, temporaryFolder } from '../e2e/palvella.ts';
import { launch, openPage, seriousFaults } from './browser.ts';

const folder = temporaryFolder();
let server: StartedPalvella;
let browser: Browser;

beforeAll(async () => {
  const file = join(folder, 'locks.yaml');
  writeFileSync(
    file,
    `kind: Pipeline
name: holds-production
locks: [production]
jobs: [{ name: deploy, actions: [{ approval: { prompt: Go on? } }] }]
---
kind: Pipeline
name: waits
jobs:
  - { name: prepare, actions: [{ set: { x: 1 } }] }
  - { name: deploy, requires: [prepare], locks: [production], actions: [{ run: echo deployed }] }
---
kind: Pipeline
name: limited
concurrency: deploys
jobs: [{ name: deploy, actions: [{ wait: 1h }] }]
`,
  );
  server = await startPalvella();
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

async function signedIn(width: number) {
  const link = (await server.cli('sign-in')).stdout.trim().split(/\s+/).at(-1) ?? '';
  const opened = await openPage(await browser.newContext({ viewport: { width, height: 800 } }));
  await opened.page.goto(link);
  await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
  return opened;
}

const start = (name: string) => server.json<RunSummary>('run', name);

async function started({ pipeline, number }: RunSummary, status: string): Promise<void> {
  const read = async () => (await server.json<RunSummary>('show', `${pipeline}/${number}`)).status;
  await expect.poll(read, { timeout: 60_000 }).toBe(status);
}

test('a run that waits for a lock names who has it and its place, and goes on when that ends', async () => {
  const first = await start('holds-production');
  await started(first, 'waiting');
  const [second, third] = [await start('waits'), await start('waits')];
  const { page, faults } = await signedIn(1440);
  await page.goto(`${server.url}/runs/waits/${third.number}`);
  const panel = page.getByRole('region', { name: 'What deploy waits for' });
  await panel.getByText('deploy waits for the lock production, position 2').waitFor();
  await panel.getByText(`Goes on when: holds-production #1 ends, then the one in front of it`).waitFor();
  expect(await seriousFaults(page)).toEqual([]);

  await page.goto(`${server.url}/runs`);
  const rows = page.getByRole('listitem').filter({ hasText: 'Waits for the lock production' });
  await rows.first().waitFor();
  expect(await rows.count()).toBe(2);

  await page.goto(`${server.url}/locks`);
  await page
    .getByRole('list', { name: 'Who has production' })
    .getByRole('link', { name: 'holds-production #1' })
    .waitFor();
  const line = page.getByRole('list', { name: 'Who waits for production' }).getByRole('link');
  expect(await line.allTextContents()).toEqual([`waits #${second.number} › deploy`, `waits #${third.number} › deploy`]);
  expect(await seriousFaults(page)).toEqual([]);

  const search = page.getByRole('textbox', { name: 'Search locks and groups' });
  await search.fill('staging');
  await page.getByText('Nothing here is like “staging”').waitFor();
  expect(new URL(page.url()).search).toBe('?q=staging');
  await page.goto(`${server.url}/locks?q=holds-production%20PROD`);
  await line.first().waitFor();
  // A page that takes its time is not left for the search that was about to be written into the address.
  await page.route('**/runs/waits/**', async (route) => {
    await new Promise((done) => setTimeout(done, 1_000));
    await route.continue();
  });
  await search.fill('');
  await line.first().click();
  await panel.getByText('position 1').waitFor();
  await page.unroute('**/runs/waits/**');
  await panel.getByRole('link', { name: 'holds-production #1' }).click();
  await page.getByRole('heading', { name: 'holds-production #1' }).waitFor();
  await page.goBack();
  await panel.waitFor();
  expect((await server.cli('stop', 'holds-production/1')).status).toBe(0);
  await page.locator('h1 + p').getByText('Succeeded', { exact: true }).waitFor();
  expect(await panel.count()).toBe(0);
  expect((await server.cli('wait', `waits/${third.number}`)).status).toBe(0);
  expect(faults).toEqual([]);
});

test('an administrator takes a lock from its holder, at 390 pixels', async () => {
  const holder = await start('holds-production');
  await started(holder, 'waiting');
  await start('waits');
  const { page, faults } = await signedIn(390);
  await page.goto(`${server.url}/locks`);
  await page.getByRole('list', { name: 'Who waits for production' }).getByRole('link').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByRole('button', { name: 'Take the lock away' }).click();
  await page.getByText('Nobody has or waits for a lock or a group').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  expect((await server.cli('stop', `holds-production/${holder.number}`)).status).toBe(0);
  expect(faults).toEqual([]);
});

test('a pause is told on every page, with who, when and why, and ends by its button', async () => {
  const { page, faults } = await signedIn(1440);
  await page.goto(`${server.url}/locks`);
  await page.getByRole('button', { name: 'Pause the server' }).click();
  await page.getByRole('button', { name: 'Leave it running' }).click();
  await page.getByRole('dialog', { name: 'Pause the server?' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Pause the server' }).click();
  await page.getByLabel('Why').fill('We move the database');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const banner = page.getByRole('status').filter({ hasText: 'Paused by you' });
  await banner.getByText('We move the database').waitFor();
  const run = await start('limited');
  await page.goto(`${server.url}/runs/limited/${run.number}`);
  await page.getByText('Queued · Waits, as the server is paused: We move the database').first().waitFor();
  await banner.waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await banner.getByRole('button', { name: 'Resume' }).click();
  await page
    .getByText(/^Waits|Running/)
    .first()
    .waitFor();
  expect(await banner.count()).toBe(0);
  expect((await server.cli('stop', `limited/${run.number}`)).status).toBe(0);
  expect(faults).toEqual([]);
});
