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
  const large = page.getByRole('region', { name: 'Summary of large' });
  await large.getByText('row 0', { exact: true }).waitFor();
  expect(await large.getByRole('row').count()).toBeLessThan(1_000);
  await large.getByRole('button', { name: 'Show the whole summary' }).waitFor();
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

test('files are browsed as folders, searched and looked at, and nothing in them acts', async () => {
  await page.goto(`${server.url}/runs/shows/1?tab=files`);
  const tree = page.getByRole('list', { name: 'Files' });
  await tree.getByRole('button', { name: 'data.json' }).click();
  const pane = page.locator('section[aria-label="reports/data.json"]');
  await pane.getByText('"a": [').waitFor();
  expect(page.url()).toContain('file=reports%2Fdata.json');
  for (const [name, text] of [
    ['page.html', '<script>window.broken = 7</script>'],
    ['picture.svg', 'window.broken = 8'],
    ['read.md', '<script>window.broken = 9</script>'],
  ] as const) {
    await tree.getByRole('button', { name }).click();
    await page.getByText(text).waitFor();
  }
  await page.getByRole('heading', { name: 'Title' }).waitFor();
  await tree.getByRole('button', { name: 'dot.png' }).click();
  const image = page.getByRole('img', { name: 'reports/dot.png' });
  await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(1);
  await tree.getByRole('button', { name: 'large.txt' }).click();
  await page.getByText('Only the first 256 KiB are shown.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await tree.getByRole('button', { name: 'reports' }).click();
  await tree.getByRole('button', { name: 'data.json' }).waitFor({ state: 'detached' });
  await page.getByLabel('Search files').fill('DATA');
  await tree.getByRole('button', { name: 'data.json' }).waitFor();
  await expect.poll(() => page.url()).toContain('files=DATA');
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /Download all/ }).click(),
  ]);
  expect(await archive.failure()).toBeNull();
  await page.goto(`${server.url}/runs/shows/1?tab=files&file=reports%2Fdeep%2Fread.md`);
  await page.getByRole('heading', { name: 'Title' }).waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await beyond()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
});

test('more files than one page has are counted, opened by the address and shown on demand', async () => {
  await page.route('**/runs/shows%2F1/files*', (route) =>
    route.continue({ url: `${withLimit(route.request().url())}` }),
  );
  await page.goto(`${server.url}/runs/shows/1?tab=files&file=reports%2Fpicture.svg`);
  const files = page.getByRole('list', { name: 'Files' }).locator('[aria-current]');
  await page.getByText('window.broken = 8').waitFor();
  const count = Number(/\d+/.exec(await page.getByRole('tab', { name: /^Files/ }).innerText())?.[0]);
  expect(count).toBeGreaterThan(4);
  await page.getByPlaceholder(`Search ${count} files`).waitFor();
  expect(await files.count()).toBe(2);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => files.count()).toBe(4);
  await page.getByLabel('Search files').fill('picture');
  await expect.poll(() => files.count()).toBe(1);
});

function withLimit(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}limit=2`;
}

test('Jobs are filtered by the address, which a copy of it keeps', async () => {
  await server.cli('run', 'many', '--follow');
  await page.goto(`${server.url}/runs/many/1`);
  await page.getByLabel('Filter Jobs').fill('each[12]');
  const rows = page.getByRole('list', { name: 'Jobs', exact: true }).getByRole('listitem');
  await expect.poll(() => page.url()).toContain('jobs=each');
  await page.goto(page.url());
  await page.getByLabel('Filter Jobs').waitFor();
  expect(await page.getByLabel('Filter Jobs').inputValue()).toBe('each[12]');
  expect((await rows.allInnerTexts()).join(' ')).not.toContain('each[3]');
});

test('two runs are compared side by side', async () => {
  await server.cli('retry', 'shows/1', '--follow');
  await page.goto(`${server.url}/runs/shows/2`);
  await page.getByRole('link', { name: 'Compare with #1' }).click();
  await page.getByRole('heading', { name: 'Compare runs' }).waitFor();
  await page.getByRole('region', { name: 'Jobs' }).getByText('writes').first().waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  // By the address, and so a moment later.
  await page.getByLabel('Only what differs').click();
  await page.getByRole('region', { name: 'Jobs' }).getByText('Nothing differs.').waitFor();
  expect(page.url()).toContain('only=different');
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await beyond()).toBe(0);
  await page.goto(`${server.url}/runs/compare`);
  await page.getByText('Two runs are to be named').waitFor();
});
