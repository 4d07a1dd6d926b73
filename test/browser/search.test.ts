import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { goTo, launch, openPage, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  ({ page, faults } = await openPage(await browser.newContext()));
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await server.cli('apply', '-f', join(import.meta.dirname, 'pages.yaml'));
  await server.cli('run', 'breaks', '--follow');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

async function search(text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('textbox', { name: 'Search', exact: true });
  await field.fill('');
  await field.pressSequentially(text);
}

function result(text: string): Locator {
  return page.locator('[data-action]', { hasText: text }).first();
}

test('by keyboard alone: a run by its number, then what was opened, a start, a page and the theme', async () => {
  await goTo(page, `${server.url}/pipelines`);
  await search('breaks 1');
  await result('breaks #1').waitFor();
  expect(await page.getByRole('dialog', { name: 'Search' }).count()).toBe(1);
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/runs/breaks/1');

  await page.keyboard.press('Control+k');
  await result('breaks #1').waitFor();
  await page.keyboard.press('Escape');

  await search('start greet');
  await result('Start a run of greet').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/pipelines/greet#start');

  await search('workers');
  await result('Workers').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/workers');

  await search('dark theme');
  await result('Use the dark theme').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'dark');
  await search('breaks 1');
  await result('breaks #1').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(faults).toEqual([]);
});

test('what was typed is text, and what is called like nothing is said to be', async () => {
  await search('<img src=x onerror=alert(1)>');
  await page.getByText('Nothing is called like “<img src=x onerror=alert(1)>”.').waitFor();
  await page.keyboard.press('Escape');
});

test('opens from within a field, and again when it is asked for while it closes', async () => {
  await goTo(page, `${server.url}/runs`);
  await page.getByRole('textbox', { name: 'Pipeline' }).focus();
  await search('slow');
  await result('slow').waitFor();
  await page.evaluate(() => {
    for (const init of [{ key: 'Escape' }, { key: 'k', code: 'KeyK', ctrlKey: true }]) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
    }
  });
  await page.getByRole('textbox', { name: 'Search', exact: true }).fill('greet');
  await result('greet').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Search' }).waitFor({ state: 'detached' });
});

test('says why nothing could be searched', async () => {
  await page.route('**/api/v1/search**', (route) => route.abort());
  await search('hold');
  await page.getByText('The server cannot be reached.').waitFor({ timeout: 30_000 });
  await page.unroute('**/api/v1/search**');
  expect(faults).toEqual([]);
});

test('says that it could not be loaded, leaves the page in place, and comes once it can be', async () => {
  await goTo(page, `${server.url}/pipelines`);
  await page.context().route('**/_next/static/chunks/**', (route) => route.abort());
  await page.keyboard.press('Control+k');
  const failure = page.getByRole('alert').filter({ hasText: 'This could not be read' });
  await failure.waitFor();
  await page.getByRole('heading', { name: 'Pipelines' }).waitFor();
  await page.context().unroute('**/_next/static/chunks/**');
  await failure.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('textbox', { name: 'Search', exact: true }).waitFor();
  expect(faults).toEqual([]);
});
