import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerInfo } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { launch, openPage, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

test('a Worker is drained by its page once that is confirmed, and takes Jobs again', async () => {
  const { page, faults } = await openPage(await browser.newContext({ viewport: { width: 390, height: 800 } }));
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.goto(`${server.url}/workers`);
  const search = page.getByRole('textbox', { name: 'Search Workers' });
  await search.fill('no-such-host');
  await page.getByText('No Worker is like “no-such-host”').waitFor();
  await page.goto(`${server.url}/workers?q=linux%20NATIVE`);
  const draining = async () => (await server.json<WorkerInfo[]>('workers')).map((worker) => worker.draining);
  await page.getByRole('button', { name: 'Drain', exact: true }).click();
  await page.getByRole('button', { name: 'Leave it' }).click();
  expect(await draining()).toEqual([false]);
  await page.getByRole('button', { name: 'Drain', exact: true }).click();
  await page.getByRole('button', { name: 'Drain the Worker' }).click();
  await page.getByText('It has no Job any more and takes none.').waitFor();
  expect(await draining()).toEqual([true]);
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Take Jobs' }).click();
  await page.getByRole('button', { name: 'Drain', exact: true }).waitFor();
  expect(await draining()).toEqual([false]);
  expect(faults).toEqual([]);
});
