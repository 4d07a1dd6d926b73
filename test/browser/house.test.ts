import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { goTo, launch, openPage, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

test('without a session there is the way to one; the link works once and leaves the address', async () => {
  const { page } = await openPage(context);
  await page.goto(server.url);
  await page.getByText('Open the sign-in link').waitFor();
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  expect(page.url()).toBe(`${server.url}/`);
  await page.goto(server.signIn);
  await page.getByText('This link does not work').waitFor();
  expect(page.url()).not.toContain('link=');
  await page.close();
});

test('an address that nobody can read is refused, and an unknown one not found', async () => {
  expect((await fetch(`${server.url}/%`)).status).toBe(400);
  expect((await fetch(`${server.url}/nothing%20here`)).status).toBe(404);
});

test('a page of a kind that there is not is not found, within the page once', async () => {
  const { page } = await openPage(context);
  await page.goto(`${server.url}/edit/Bogus/x`);
  await page.getByText('There is no such page').waitFor();
  expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(1);
  await page.close();
});

test('the first page loads at most 250 KB of script', async () => {
  const { page } = await openPage(context);
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await goTo(page, server.url);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThanOrEqual(250 * 1024);
  await page.close();
});

const longName = 'the-pipeline-with-a-name-of-eighty-characters-which-is-as-long-as-somebody-may-do';

function right(box: { x: number; width: number } | null): number {
  return box === null ? Number.NaN : box.x + box.width;
}

describe('a page', () => {
  beforeAll(async () => {
    await server.cli('apply', '-f', join(import.meta.dirname, 'pages.yaml'));
    await server.cli('run', 'hold');
    await server.cli('run', 'breaks', '--follow');
    await server.cli('run', longName, '--follow');
  });

  test('a list beside a form at 1024 px breaks no word, and a run keeps its number beside a long name', async () => {
    const { page } = await openPage(context);
    await page.setViewportSize({ width: 1024, height: 768 });
    await goTo(page, `${server.url}/pipelines/hold`);
    const row = await page.getByRole('list', { name: 'Last runs' }).getByRole('listitem').boundingBox();
    expect(row?.height).toBeLessThan(80);
    await goTo(page, `${server.url}/runs`);
    const link = page.getByRole('link', { name: `${longName} #1` });
    const number = await link.getByText('#1').boundingBox();
    const whole = await link.boundingBox();
    expect(right(number)).toBeLessThanOrEqual(right(whole));
    expect(number?.height).toBeLessThan(30);
    await page.close();
  });

  test('shows its first tab where the address names one that is not there', async () => {
    const { page } = await openPage(context);
    for (const [path, first] of [
      ['/pipelines/hold', 'Overview'],
      ['/runs/hold/1', 'Jobs'],
    ] as const) {
      await page.goto(`${server.url}${path}?tab=nowhere`);
      await page.getByRole('tab', { name: first, selected: true }).waitFor({ timeout: 5_000 });
    }
    await page.close();
  });

  test('is reached by keyboard alone', async () => {
    const { page } = await openPage(context);
    await goTo(page, `${server.url}/pipelines`);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/pipelines/breaks');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search', exact: true }).pressSequentially('hold 1');
    await page.getByText('hold #1').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/runs/hold/1');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.close();
  });

  test('on a phone is reached from the bar, whatever place it is of', async () => {
    const { page } = await openPage(context);
    await page.setViewportSize({ width: 390, height: 844 });
    await goTo(page, server.url);
    const bar = page.getByRole('navigation', { name: 'Main' });
    const more = bar.getByRole('button', { name: 'More' });
    for (const place of ['Deliveries', 'Schedules', 'Locks', 'API']) {
      await more.click();
      expect(await seriousFaults(page)).toEqual([]);
      await bar.getByRole('link', { name: place }).click();
      await page.getByRole('heading', { level: 1, name: place }).waitFor();
      await bar.getByRole('link', { name: place }).waitFor({ state: 'hidden' });
      expect(await more.getAttribute('aria-current')).toBe('true');
    }
    await more.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/deliveries');
    await bar.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    expect(await more.getAttribute('aria-current')).toBeNull();
    await page.close();
  });

  test('says when the server is away, and is live again when it is back', async () => {
    const { page } = await openPage(context);
    await goTo(page, `${server.url}/runs/hold/1`);
    // It is started again at once, so it must die more than once to be away for long enough to be told of.
    const lost = page.getByText('Connection lost.').waitFor({ timeout: 20_000 });
    const killing = setInterval(() => killWeb(), 100);
    await lost.finally(() => clearInterval(killing));
    await page.getByText('Connection lost.').waitFor({ state: 'detached', timeout: 60_000 });
    await server.cli('approve', 'hold/1');
    await page.locator('h1 + p').getByText('Succeeded', { exact: true }).waitFor({ timeout: 30_000 });
    await page.close();
  });
});

function killWeb(): void {
  try {
    process.kill(server.pid('web'), 'SIGKILL');
  } catch {
    // It is dead already, and not started again yet.
  }
}
