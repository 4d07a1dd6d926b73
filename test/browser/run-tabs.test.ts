import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { launch, openPage, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];
/** Hosts other than ours that a page asked for something. */
let asked: string[];

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await openPage(context);
  await first.page.goto(server.signIn);
  await first.page.getByRole('heading', { name: 'Home' }).waitFor();
  await first.page.close();
  const applied = await server.cli('apply', '-f', join(import.meta.dirname, 'summary.yaml'));
  expect(applied.stderr).toBe('');
  const run = await server.cli('run', 'shows', '--follow');
  expect(run.status).toBe(0);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, faults } = await openPage(context));
  asked = [];
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== server.url && origin !== 'null') asked.push(request.url());
  });
});
afterEach(async () => {
  expect(await page.evaluate('window.broken')).toBeUndefined();
  await page.close();
  expect(asked).toEqual([]);
  expect(faults).toEqual([]);
});

const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('a summary is shown as Markdown, with nothing in it that acts or is loaded', async () => {
  await page.goto(`${server.url}/runs/shows/1?tab=summary`);
  const summary = page.getByRole('region', { name: 'Summary of writes' });
  await summary.getByRole('heading', { name: 'Tested' }).waitFor();
  expect(await summary.getByRole('cell').allInnerTexts()).toEqual(['unit', '12']);
  expect(await summary.locator('script, img, #raw, iframe').count()).toBe(0);
  const links = await summary
    .locator('p a')
    .evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('rel')]));
  const rel = 'noopener noreferrer nofollow';
  expect(links).toEqual([
    ['good', 'https://example.com/report', rel],
    ['pixel', 'https://tracker.example/pixel.png', rel],
    ['https://example.com/auto', 'https://example.com/auto', rel],
  ]);
  await page.getByRole('region', { name: 'Summary of large' }).getByText('row 11999').waitFor({ timeout: 60_000 });
  expect(await seriousFaults(page)).toEqual([]);
  await summary.getByRole('link', { name: 'writes › tell' }).click();
  await page.getByRole('region', { name: 'writes › tell' }).getByRole('heading', { name: 'Tested' }).waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goBack();
  await summary.getByRole('heading', { name: 'Tested' }).waitFor();
  expect(await beyond()).toBe(0);
});

test('the timeline tells what waited and what ran, opens a Job, and back returns to it', async () => {
  await page.goto(`${server.url}/runs/shows/1?tab=timeline`);
  await page.getByText(/Critical path: ran .* s, waited .* s/).waitFor();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const early = timeline.getByRole('listitem').filter({ hasText: 'early' });
  expect(await early.locator('i[data-kind=waited]').count()).toBeGreaterThan(0);
  expect(await early.getAttribute('data-critical')).toBe('true');
  expect(await early.locator('i').first().getAttribute('title')).toMatch(/^Waited .*: .+ to .+/);
  await early.getByRole('button', { name: 'Actions of early' }).click();
  await early.getByText('nap').waitFor();
  await timeline.getByRole('button', { name: 'Zoom in' }).click();
  const box = timeline.getByRole('region', { name: 'Jobs over time' });
  expect(await box.evaluate((one) => one.scrollWidth > one.clientWidth * 1.5)).toBe(true);
  expect(await seriousFaults(page)).toEqual([]);
  await timeline.getByRole('button', { name: 'Show all' }).click();
  await page.keyboard.press('j');
  await timeline.getByRole('link', { name: 'writes' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'writes › tell' }).waitFor();
  await page.goBack();
  await timeline.waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await beyond()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
});
