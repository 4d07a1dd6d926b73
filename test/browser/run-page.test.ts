import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { launch, linesInSight, openPage } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let page: Page;
let faults: string[];
let signedIn: Awaited<ReturnType<Browser['newContext']>>;

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  signedIn = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await openPage(signedIn);
  await first.page.goto(server.signIn);
  await first.page.getByText('No Pipelines yet').waitFor();
  await first.page.close();
  const applied = await server.cli('apply', '-f', join(import.meta.dirname, 'pages.yaml'));
  expect(applied.stderr).toBe('');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, faults } = await openPage(signedIn));
});
afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const status = (word: string) => page.locator('h1 + p').getByText(word, { exact: true }).waitFor({ timeout: 60_000 });

/** Starts a run by the command line and opens its page. */
async function openRun(pipeline: string, ...args: string[]): Promise<string> {
  const run = await server.json<{ number: number }>('run', pipeline, ...args);
  await page.goto(`${server.url}/runs/${pipeline}/${run.number}`);
  return `${pipeline}/${run.number}`;
}

describe('starting a run', () => {
  test('the form says what is missing at its field, then the run is shown as it goes', async () => {
    await page.goto(`${server.url}/pipelines/greet`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Give a value.').waitFor();
    await page.getByLabel('who').fill('<script>alert(1)</script>');
    await page.getByLabel('times').fill('2');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL('**/runs/greet/*');
    await status('Succeeded');
    await page.getByText('Hello', { exact: true }).waitFor();
    expect(await page.locator('#injected').count()).toBe(0);
    expect(await page.locator('[data-stream=stderr]').innerText()).toContain('to standard error');
    await page.getByRole('tab', { name: 'Outputs' }).click();
    expect(await page.locator('dd').first().innerText()).toBe('<script>alert(1)</script>');
    await page.getByRole('tab', { name: 'Parameters' }).click();
    expect(await page.locator('dt').allInnerTexts()).toContain('who');
  });
});

describe('a run that waits', () => {
  test('is approved in place, with a comment, and goes on', async () => {
    const run = await openRun('hold');
    await status('Waits');
    const panel = page.getByRole('region', { name: 'Approval' });
    await panel.getByText('Go on?').waitFor();
    await panel.getByLabel('Comment').fill('Looks right');
    await panel.getByRole('button', { name: 'Approve' }).click();
    await status('Succeeded');
    await page.goto(`${server.url}/approvals?state=decided`);
    const row = page.getByRole('listitem').filter({ hasText: run.replace('/', ' #') });
    await row.getByText('“Looks right”').waitFor();
  });

  test('is rejected from the inbox, and has failed', async () => {
    await openRun('hold');
    await status('Waits');
    await page.goto(`${server.url}/approvals`);
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Nothing waits for your decision').waitFor();
    await page.goBack();
    await status('Failed');
  });
});

test('a run that has ended is not taken back by an answer from before', async () => {
  const { number } = await server.json<{ number: number }>('run', 'hold');
  const held = Promise.withResolvers<void>();
  await page.route(`**/api/v1/runs/hold%2F${number}`, async (route) => {
    const response = await route.fetch();
    await held.promise;
    await route.fulfill({ response });
  });
  const answer = page.waitForResponse(`**/api/v1/runs/hold%2F${number}`);
  await page.goto(`${server.url}/runs/hold/${number}`);
  await status('Waits');
  await server.cli('stop', `hold/${number}`);
  await status('Stopped');
  held.resolve();
  await (await answer).finished();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.locator('h1 + p').innerText()).toContain('Stopped');
});

describe('a run that broke', () => {
  test('opens at the failing Action, its end and its reason in sight, and is retried from there', async () => {
    await openRun('breaks');
    await status('Failed');
    await page.reload();
    await page.getByRole('region', { name: 'broken › plan' }).waitFor();
    await page.getByText('the reason it broke').waitFor();
    expect(await page.locator('h1 + p').innerText()).toContain('exit status is 2');
    expect((await linesInSight(page)).at(-1)).toBe(301);
    await page.getByRole('button', { name: 'Retry what failed' }).click();
    await page.getByText(/· retries/).waitFor();
    await status('Failed');
    await page.getByText('taken over from breaks #').waitFor();
  });

  test('is retried once, though the answer to the first try was lost', async () => {
    const run = await openRun('breaks');
    await status('Failed');
    const retry = page.getByRole('button', { name: 'Retry what failed' });
    const lose = async (route: Route) => {
      await route.fetch();
      await route.abort();
    };
    await page.route('**/retry', lose, { times: 1 });
    await retry.click();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    const held = Promise.withResolvers<void>();
    await page.route('**/retry', async (route) => {
      await held.promise;
      await route.continue();
    });
    await retry.click();
    await page.getByRole('button', { name: 'More ways to run again' }).click();
    expect(await page.getByRole('menuitem', { name: /^Retry from/ }).isDisabled()).toBe(true);
    held.resolve();
    await page.waitForURL(`**/runs/breaks/${Number(run.split('/')[1]) + 1}`);
  });

  test('an address names the Job, Action and line, and back returns', async () => {
    await openRun('breaks');
    await status('Failed');
    await page.getByRole('link', { name: 'first' }).click();
    await page.getByRole('region', { name: 'broken › first' }).waitFor();
    expect(page.url()).toContain('job=broken&action=first');
    await page.goBack();
    await page.getByRole('region', { name: 'broken › plan' }).waitFor();
    await page.goto(`${page.url().split('?')[0]}?job=broken&action=plan#L150`);
    await expect.poll(() => linesInSight(page)).toContain(150);
    expect(await page.locator('[data-target]').innerText()).toContain('line 150');
  });
});

test('a run is stopped, once that is confirmed', async () => {
  await openRun('slow');
  await page.getByText('tick 3', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Stop the run' }).click();
  await status('Stopped');
});

test('a million lines scroll, are searched and are linked to', async () => {
  const run = await openRun('million');
  await status('Succeeded');
  await expect.poll(() => linesInSight(page), { timeout: 60_000 }).not.toEqual([]);
  await page.getByRole('log').focus();
  await page.keyboard.press('End');
  await page.getByText('line 1000000 of the log').waitFor();
  await page.keyboard.press('Home');
  await page.getByText('line 1 of the log').waitFor();
  await page.goto(`${server.url}/runs/${run}?job=noise&action=count#L654321`);
  await page.getByText('line 654321 of the log').waitFor();
  await page.getByLabel('Search in the log').fill('line 20000 of');
  await page.getByText('1 lines').waitFor({ timeout: 60_000 });
  await page.keyboard.press('Enter');
  await page.locator('mark').getByText('line 20000 of').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the log' }).click(),
  ]);
  expect(await download.failure()).toBeNull();
});

test('a log is followed to its end until one scrolls up, and again when told to', async () => {
  const run = await openRun('slow');
  const last = async () => (await linesInSight(page)).at(-1) ?? 0;
  await expect.poll(last, { timeout: 20_000 }).toBeGreaterThan(60);
  await page.getByRole('log').hover();
  await page.mouse.wheel(0, -400);
  await page.getByRole('button', { name: 'Follow' }).waitFor();
  const before = await linesInSight(page);
  await new Promise((done) => setTimeout(done, 1_000));
  expect(await linesInSight(page)).toEqual(before);
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect.poll(last).toBeGreaterThan(before.at(-1) as number);
  await server.cli('stop', run);
  await status('Stopped');
});
