import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { goTo, launch, openPage, seriousFaults, whole } from './browser.ts';

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
  await server.cli('apply', '-f', join(import.meta.dirname, 'pages.yaml'));
  await server.cli('run', 'breaks', '--follow');
  await server.cli('run', 'greet', '-p', 'who=me', '--follow');
  await server.cli('run', 'hold');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

test('Home says what waits, what is open, what fails and how it went, and follows', async () => {
  const { page, faults } = await openPage(context);
  await goTo(page, server.url);
  await page.getByRole('list', { name: 'Failing Pipelines' }).getByText('breaks').waitFor();
  await page.getByRole('list', { name: 'Now' }).getByText('Pipeline failing').waitFor();
  await page.getByRole('list', { name: 'Approvals' }).getByText('Go on?').waitFor();
  const row = page.getByRole('row').filter({ hasText: 'greet' }).first();
  await row.waitFor();
  await page.getByText('1 run, 1 broke').first().waitFor({ state: 'attached' });
  expect(await seriousFaults(page)).toEqual([]);
  await server.cli('approve', 'hold/1');
  await page.getByText('Nothing is running').waitFor({ timeout: 60_000 });
  expect(faults).toEqual([]);
  await page.close();
});

test('what is chosen is in the address, and a sent link shows the same', async () => {
  const { page } = await openPage(context);
  await goTo(page, server.url);
  await page.getByText('30 days').click();
  await page.waitForURL('**/?range=30d');
  await page.getByRole('button', { name: 'Broke' }).click();
  await page.waitForURL('**/?range=30d&order=broken');
  await page.reload();
  await whole(page);
  expect(await page.getByRole('columnheader', { name: 'Broke' }).getAttribute('aria-sort')).toBe('descending');
  await page.getByLabel('Pipeline', { exact: true }).first().fill('greet');
  await page.waitForURL('**pipeline=greet**');
  await page.getByText('1 run', { exact: true }).first().waitFor();
  await page.close();
});

test('the filter by Pipeline offers names once it is used, and loses neither focus nor what was typed', async () => {
  const { page } = await openPage(context);
  await goTo(page, server.url);
  await page.keyboard.press('/');
  await page.keyboard.type('gre');
  await page.getByRole('option', { name: 'greet' }).waitFor();
  await page.keyboard.type('e');
  await page.waitForURL('**/?pipeline=gree');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/?pipeline=greet');
  await page.close();
});

/** Types one letter more when the address is set next, before the page has it; answers with what stands in the field then. */
async function typesOn(page: Page, act: () => Promise<void>): Promise<string[]> {
  const seen = await page.evaluateHandle(() => {
    const { replaceState } = window.history;
    const field = () => document.activeElement as HTMLInputElement;
    const texts = new Set<string>();
    const ended = new Promise<string[]>((done) => {
      window.history.replaceState = (...given) => {
        const before = window.location.href;
        replaceState.apply(window.history, given);
        // The router also writes the same address again, some time after it was set.
        if (window.location.href === before) return;
        window.history.replaceState = replaceState;
        const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
        set?.call(field(), `${field().value}x`);
        field().dispatchEvent(new Event('input', { bubbles: true }));
        const timer = setInterval(() => texts.add(field().value), 10);
        setTimeout(() => {
          clearInterval(timer);
          done([...texts]);
        }, 200);
      };
    });
    return { ended };
  });
  await act();
  return seen.evaluate(({ ended }) => ended);
}

test('what one types on while the address follows stays, and a link empties the fields', async () => {
  const { page } = await openPage(context);
  await goTo(page, `${server.url}/runs`);
  const pipeline = page.getByLabel('Pipeline', { exact: true }).first();
  const by = page.getByLabel('Started by').first();
  await page.keyboard.press('/');
  await page.keyboard.type('gr');
  await page.getByRole('option', { name: 'greet' }).waitFor();
  await page.waitForURL('**pipeline=gr');
  expect(await typesOn(page, () => page.keyboard.type('e'))).toEqual(['grex']);
  await page.waitForURL('**pipeline=grex');
  await by.fill('nobody');
  expect(await typesOn(page, () => by.press('Enter'))).toEqual(['nobodyx']);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await page.waitForURL(`${server.url}/runs`);
  for (const field of [pipeline, by]) await expect.poll(() => field.inputValue()).toBe('');
  await page.close();
});

test('runs are narrowed down by the address and by the fields', async () => {
  const { page } = await openPage(context);
  await goTo(page, `${server.url}/runs?status=failed,nonsense`);
  const list = page.getByRole('list', { name: 'Runs' });
  await list.getByText('breaks').waitFor();
  expect(await list.getByRole('listitem').count()).toBe(1);
  await page.goto(`${server.url}/runs?since=2020-01-01&until=2020-01-02`);
  await page.getByText('No run is like this').waitFor();
  await page.getByRole('button', { name: 'Show all runs' }).click();
  await page.waitForURL(`${server.url}/runs`);
  await list.getByText('greet').waitFor();
  await page.close();
});
