import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella, temporaryFolder } from '../e2e/palvella.ts';
import { launch, openPage, seriousFaults } from './browser.ts';

const file = join(import.meta.dirname, 'fork.yaml');
const folder = temporaryFolder();
let server: StartedPalvella;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const { page } = await openPage(context);
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
  await server.cli('run', 'ship', '--follow', '-p', 'password=hunter2');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  for (const path of [server.dataDir, folder]) rmSync(path, { recursive: true, force: true });
});

test('a run that failed is forked from a Job with another parameter, and both runs tell of each other', async () => {
  const { page, faults } = await openPage(context);
  await page.goto(`${server.url}/runs/ship/1`);
  await page.getByRole('button', { name: 'Fork…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Fork ship #1' });
  await dialog.getByText('1 taken over, 2 to run').waitFor();
  expect(await dialog.getByRole('combobox', { name: 'Go on from' }).inputValue()).toBe('deploy');
  expect(await dialog.getByRole('textbox', { name: 'password' }).inputValue()).toBe('');
  await dialog.getByRole('combobox', { name: 'environment' }).click();
  await page.getByRole('option', { name: 'prod', exact: true }).click();
  await dialog.getByText('What is taken over ran with environment=nonprod').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Start the fork' }).click();
  await page.waitForURL('**/runs/ship/2');
  await page.locator('h1 + p').getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
  await page.getByText('forks ship #1 from deploy').waitFor();
  await page.getByText('taken over from ship #1; it ran with environment=nonprod').waitFor();
  await page.getByRole('list', { name: 'Actions of build' }).getByRole('link', { name: 'run' }).click();
  await page.getByText('built once').waitFor();
  await page.getByRole('link', { name: 'apply' }).click();
  await page.getByText('built 1.2 goes to prod').waitFor();
  const related = page.getByRole('navigation', { name: 'Related runs' });
  await related.getByRole('link', { name: '#1', exact: true }).click();
  await page.waitForURL('**/runs/ship/1');
  await related.getByText('Went on in').waitFor();
  await related.getByRole('link', { name: '#2', exact: true }).waitFor();
  expect(await page.content()).not.toContain('hunter2');
  expect(faults).toEqual([]);
  await page.close();
});

test('what cannot be taken over is said before anything starts, with the Job to fork from instead', async () => {
  const { page, faults } = await openPage(context);
  await page.goto(`${server.url}/runs/ship/1?job=tell`);
  await page.getByRole('button', { name: 'Fork…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It did not end well in ship/1: failed.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Start the fork' }).isDisabled()).toBe(true);
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Go on from it instead' }).click();
  await dialog.getByText('1 taken over, 2 to run').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.close();
});

test('the newest version is taken where one asks for it, and what has changed since is said', async () => {
  const newer = join(folder, 'newer.yaml');
  writeFileSync(
    newer,
    readFileSync(file, 'utf8').replace('built once', 'built anew').replace('goes to', 'now goes to'),
  );
  expect(await server.cli('apply', '-f', newer)).toMatchObject({ status: 0 });
  const { page, faults } = await openPage(context);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${server.url}/runs/ship/2?job=deploy`);
  await page.getByRole('button', { name: 'Fork…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Take the newest version, 2; this run had 1').check();
  await dialog.getByText('As version 1 made it; it is written otherwise by now.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Start the fork' }).click();
  await page.waitForURL('**/runs/ship/3');
  await page.locator('h1 + p').getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
  await page.goto(`${server.url}/runs/ship/3?job=deploy&action=apply`);
  await page.getByText('built 1.2 now goes to prod').waitFor();
  const line = page.getByRole('navigation', { name: 'Related runs' });
  expect(await line.getByRole('link').allInnerTexts()).toEqual(['#1', '#2', 'Compare with #2']);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond).toBe(0);
  expect(faults).toEqual([]);
  await page.close();
});
