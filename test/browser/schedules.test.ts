import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScheduleSummary } from '../../core/api/schedules.ts';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { goTo, launch, openPage, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  server = await startPalvella();
  const file = join(server.dataDir, 'pipeline.yaml');
  const job = `jobs: [{ name: job, actions: [{ run: 'true' }] }]`;
  writeFileSync(file, `name: report\nparameters: [{ name: day, type: string }]\n${job}\n`);
  await server.cli('apply', '-f', file);
  browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Berlin' });
  ({ page, faults } = await openPage(context));
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

const schedules = () => server.json<ScheduleSummary[]>('schedules');

test('every 10 minutes is one choice: the next ten times are shown, it is saved, paused with a note, and goes on', async () => {
  await page.goto(`${server.url}/schedules`);
  await page.getByRole('link', { name: 'Make the first one' }).click();
  await page.getByRole('heading', { name: 'Every 10 minutes' }).waitFor();
  await expect.poll(() => page.getByRole('table', { name: 'Next times' }).getByRole('row').count()).toBe(11);
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByRole('button', { name: 'Save the schedule' }).click();
  await page.getByText('Choose one.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page
    .getByLabel(/^Pipeline/)
    .first()
    .click();
  await page.getByRole('option', { name: 'report' }).click();
  await page.getByRole('textbox', { name: 'day' }).fill('${{ trigger.scheduled_at }}');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('ten-minutes');
  await page.getByRole('button', { name: 'Save the schedule' }).click();
  await page.getByRole('heading', { name: 'ten-minutes' }).waitFor();
  await page.getByText('It has started nothing yet').waitFor();
  expect(await schedules()).toMatchObject([{ name: 'ten-minutes', every: 'every 10 minutes', paused: false }]);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill('the mail server moves');
  await page.getByRole('button', { name: 'Pause the schedule' }).click();
  await page.getByText('the mail server moves').waitFor();
  await expect.poll(schedules).toMatchObject([{ paused: true, note: 'the mail server moves' }]);
  expect(await seriousFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await expect.poll(schedules).toMatchObject([{ paused: false }]);
  expect(faults).toEqual([]);
});

test('an hour is back-filled in the reader’s own time, and its runs are listed', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${server.url}/schedules/ten-minutes`);
  await page.getByText('Start what was missed').click();
  await page.getByRole('textbox', { name: 'From' }).fill('2026-01-01T08:00');
  await page.getByLabel('Until, which is not counted').fill('2026-01-01T09:00');
  await page.getByRole('button', { name: 'Start them' }).click();
  await page.getByText('6 starts are made.').waitFor();
  const starts = page.getByRole('list', { name: 'Starts' });
  await expect.poll(() => starts.getByText('Succeeded').count(), { timeout: 60_000 }).toBe(6);
  expect(await starts.locator('time').first().getAttribute('datetime')).toBe('2026-01-01T07:50:00Z');
  expect(await seriousFaults(page)).toEqual([]);
  await page.goto(`${server.url}/schedules`);
  await page.getByRole('list', { name: 'Schedules' }).getByText('Succeeded').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a cron is explained while it is written, and one that never fires is refused with the reason', async () => {
  await page.goto(`${server.url}/new-schedule?pipeline=report`);
  await page.getByText('Cron', { exact: true }).click();
  await page.getByRole('heading', { name: 'At 03:00' }).waitFor();
  await page.getByRole('columnheader', { name: 'Europe/Berlin' }).waitFor();
  const cron = page.getByRole('textbox', { name: 'Cron' });
  await cron.fill('*/15 9-17 * * MON-FRI');
  await page.getByRole('heading', { name: 'Every 15 minutes from 09:00 to 17:59 on Monday to Friday' }).waitFor();
  await cron.fill('0 3 * * *\n30 12 * * MON');
  await page.getByLabel('None before').fill('2030-01-07T00:00');
  const first = page.getByRole('table', { name: 'Next times' }).locator('time');
  await expect.poll(() => first.first().getAttribute('datetime')).toBe('2030-01-07T02:00:00.000Z');
  expect(await first.nth(1).getAttribute('datetime')).toBe('2030-01-07T11:30:00.000Z');
  await page.getByLabel('None before').fill('');
  await cron.fill('0 0 31 2 *');
  await page.getByRole('alert').getByText('it never fires: no day up to the year 2100').waitFor();
  await page.getByRole('textbox', { name: 'day' }).fill('x');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('never');
  await page.getByRole('button', { name: 'Save the schedule' }).click();
  await page.getByText('Nothing was saved').waitFor();
  expect((await schedules()).map(({ name }) => name)).toEqual(['ten-minutes']);
});

test('a schedule at no time of day is not saved, and the field says what is missing', async () => {
  await page.goto(`${server.url}/new-schedule?pipeline=report`);
  await page.getByText('At a time of day', { exact: true }).click();
  await page.getByRole('heading', { name: 'At 03:00' }).waitFor();
  await page.getByLabel('Time', { exact: true }).fill('');
  await page.getByText('Give a time, as 03:00.').waitFor();
  await page.getByRole('heading', { name: 'Next times' }).waitFor();
  await page.getByRole('textbox', { name: 'day', exact: true }).fill('x');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('midnight');
  await page.getByRole('button', { name: 'Save the schedule' }).click();
  expect(await seriousFaults(page)).toEqual([]);
  expect((await schedules()).map(({ name }) => name)).toEqual(['ten-minutes']);
});

test('that no Pipeline is called so is said once the names are there', async () => {
  await page.goto(`${server.url}/new-schedule`);
  const held = Promise.withResolvers<void>();
  await page.route('**/api/v1/pipelines?q=nowhere**', async (route) => {
    await held.promise;
    await route.continue();
  });
  const asks = page.waitForRequest('**/api/v1/pipelines?q=nowhere**');
  await page.getByRole('combobox', { name: 'Pipeline' }).fill('nowhere');
  const none = page.getByText('No Pipeline is called so');
  await page.getByText('Looking…').waitFor();
  await asks;
  expect(await none.count()).toBe(0);
  held.resolve();
  await none.waitFor();
});

test('that it could not be saved is said, also when the page lacks what writes the file', async () => {
  const opened = await openPage(page.context());
  await goTo(opened.page, `${server.url}/new-schedule?pipeline=report`);
  await opened.page.getByRole('textbox', { name: 'day' }).fill('x');
  await opened.page.getByRole('textbox', { name: 'Name', exact: true }).fill('unsaved');
  await opened.page.route('**/_next/static/**', (route) => route.abort());
  await opened.page.getByRole('button', { name: 'Save the schedule' }).click();
  await opened.page.getByRole('alert').getByText('A part of this page could not be loaded.').waitFor();
  await opened.page.unroute('**/_next/static/**');
  await opened.page.close();
  expect((await schedules()).map(({ name }) => name)).toEqual(['ten-minutes']);
});

test('a schedule is changed and deleted from its page', async () => {
  await page.goto(`${server.url}/schedules/ten-minutes`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.waitForURL('**/edit/Trigger/ten-minutes');
  await page.getByRole('heading', { name: 'ten-minutes' }).waitFor();
  const text = page.getByRole('region', { name: 'Text' }).getByRole('textbox');
  await text.press('ControlOrMeta+End');
  await text.press('Enter');
  await page.keyboard.type('description: Told by the clock');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByText('Saved as version 2.').waitFor();

  await page.goto(`${server.url}/schedules/ten-minutes`);
  await page.getByText('Told by the clock').waitFor();
  await page.getByRole('button', { name: 'More for ten-minutes' }).click();
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Delete…']);
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('dialog', { name: 'Delete the schedule ten-minutes?' }).waitFor();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete the schedule' }).click();
  await page.getByRole('link', { name: 'Make the first one' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/schedules');
  expect(await schedules()).toEqual([]);
  expect(faults).toEqual([]);
});
