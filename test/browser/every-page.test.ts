import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeliveryDetail } from '../../core/api/triggers.ts';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { placedPages } from '../support/app-pages.ts';
import { goTo, launch, openPage, seriousFaults } from './browser.ts';

const longName = 'the-pipeline-with-a-name-of-eighty-characters-which-is-as-long-as-somebody-may-do';

/** Every page there is; what stands in the addresses of those that are of one thing. */
const pagesOf = (delivery: string) =>
  placedPages({
    '/pipelines/[name]': '/pipelines/hold',
    '/pipelines/[name]/edit': '/pipelines/greet/edit',
    '/runs/[pipeline]/[number]': '/runs/breaks/1',
    '/edit/[kind]/[name]': '/edit/Job/compile',
    '/edit/[kind]': '/edit/Action',
    '/jobs/[name]': '/jobs/compile',
    '/actions/[name]': '/actions/announce',
    '/engines/[name]': '/engines/box',
    '/schedules/[name]': '/schedules/each-morning',
    '/triggers/[name]': '/triggers/by-hand',
    '/deliveries/[id]': `/deliveries/${delivery}`,
  });
/** Those again, when it is another thing, or none. */
const others = [
  '/runs/hold/1',
  `/runs/${longName}/1`,
  `/pipelines/${longName}`,
  '/pipelines/nowhere',
  '/runs/nowhere/1',
  '/nowhere',
];
/** These read nothing of the server until one does something, or is at another address. */
const withoutReads = ['/sign-in', '/runs/compare'];

/** One of each kind that has a page. */
const more = `kind: Trigger
name: each-morning
schedule: { cron: '0 6 * * *', time_zone: UTC }
runs: [{ pipeline: hold }]
---
kind: Trigger
name: by-hand
manual: {}
runs: [{ pipeline: hold }]
---
kind: Job
name: compile
actions: [{ run: 'true' }]
---
kind: Action
name: announce
run: 'true'
---
kind: Engine
name: box
type: local
`;

const looks = [
  [1440, 'light'],
  [390, 'dark'],
] as const;
const tabs = 3;

let server: StartedPalvella;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  context = await browser.newContext({ reducedMotion: 'reduce' });
  const { page } = await openPage(context);
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

/** Looks at all of them in a few tabs at once, and says what was found, with its page. */
async function crawl(
  paths: readonly string[],
  look: (page: Page, path: string) => Promise<string[]>,
): Promise<string[]> {
  const left = [...paths];
  const found: string[] = [];
  const inTab = async () => {
    const { page, faults } = await openPage(context);
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      const of = path;
      // Once more: the browser drops what it loads when a network interface of the machine comes or goes.
      const all = await look(page, of)
        .catch(() => look(page, of))
        .catch((error: Error) => [error.message]);
      found.push(...[...all, ...faults.splice(0)].map((each) => `${of} ${each}`));
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: tabs }, inTab));
  return found.sort();
}

function broke(route: Route): Promise<void> {
  const problem = { type: 'about:blank', title: 'internal', status: 500, detail: 'It broke.', code: 'internal' };
  return route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) });
}

async function faultsOf(page: Page, path: string): Promise<string[]> {
  await goTo(page, server.url + path);
  await page.locator('h1').first().waitFor({ timeout: 15_000 });
  const found: string[] = [];
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset['mantineColorScheme'] === wanted,
      colorScheme,
    );
    // Colours that are still on their way have a contrast of their own.
    await page.evaluate(() => {
      for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
    });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const headings = await page.locator('h1').count();
    found.push(
      ...(await seriousFaults(page)).map((fault) => `at ${width} px, ${colorScheme}: ${fault}`),
      ...(beyond === 0 ? [] : [`at ${width} px is ${beyond} px too wide`]),
      ...(headings === 1 ? [] : [`at ${width} px has ${headings} first headings`]),
    );
  }
  return found;
}

describe('every page of the app, from its folder, light and dark, wide and narrow, has no serious fault', () => {
  test('with nothing saved', async () => {
    expect(await crawl(pagesOf('00000000-0000-4000-8000-000000000000'), faultsOf)).toEqual([]);
  });

  describe('with something in it', () => {
    let pages: string[];

    beforeAll(async () => {
      const file = join(server.dataDir, 'more.yaml');
      writeFileSync(file, more);
      for (const each of [join(import.meta.dirname, 'pages.yaml'), file])
        expect(await server.cli('apply', '-f', each)).toMatchObject({ status: 0 });
      await server.cli('run', 'hold');
      await server.cli('run', 'breaks', '--follow');
      await server.cli('run', longName, '--follow');
      const { id } = await server.json<DeliveryDetail>('trigger', 'by-hand');
      pages = pagesOf(id);
    });

    test('as it is', async () => {
      expect(await crawl([...pages, ...others], faultsOf)).toEqual([]);
    });

    test.each<[string, RegExp, string[], ((page: Page) => Promise<void>)?]>([
      ['/runs/breaks/1', /\/(relatives|notifications)$/, ['Related runs', 'Notifications']],
      ['/runs', /\/starters$/, ['Names to choose from']],
      ['/runs', /\/definitions\?/, ['Names to choose from'], (page) => page.getByLabel('Pipeline').focus()],
      ['/deliveries', /\/definitions\?kind=Trigger/, ['Triggers to choose from']],
      [
        '/pipelines/hold/edit',
        /\/library\?/,
        ['Jobs of the library', 'Pipelines'],
        (page) => page.getByRole('button', { name: 'New Job' }).click(),
      ],
    ])('and on %s says in a line that %s could not be read, until it can', async (path, read, names, open) => {
      const { page } = await openPage(context);
      let isBroken = true;
      await page.route(
        (url) => url.pathname.startsWith('/api/') && read.test(url.pathname + url.search),
        (route) => (isBroken ? broke(route) : route.continue()),
      );
      await page.goto(server.url + path);
      await open?.(page);
      const lines = names.map((name) => page.getByText(`${name} could not be read. It broke.`));
      for (const line of lines) await line.waitFor({ timeout: 15_000 });
      expect(await page.getByText('This could not be read').count()).toBe(0);
      expect(await seriousFaults(page)).toEqual([]);
      isBroken = false;
      for (const line of lines) {
        await line.getByRole('button', { name: 'Try again' }).click();
        await line.waitFor({ state: 'detached' });
      }
      await page.close();
    });

    test('and does not say so again of each read while the connection is lost', async () => {
      const { page } = await openPage(context);
      await page.addInitScript(() => {
        const Socket = window.WebSocket;
        window.WebSocket = class extends Socket {
          constructor() {
            super('/nowhere');
          }
        };
      });
      const tried: string[] = [];
      await page.route('**/api/v1/starters', (route) => {
        tried.push(route.request().url());
        return route.abort();
      });
      await page.goto(`${server.url}/runs`);
      await page.getByText('Connection lost.').waitFor();
      // The third time is the last.
      await expect.poll(() => tried.length).toBe(3);
      await page.getByRole('combobox', { name: 'Started by' }).fill('m');
      expect(await page.getByText('could not be read').count()).toBe(0);
      await page.close();
    });

    test('and says that the server broke, and what to do, instead of an empty page', async () => {
      // Whatever a page reads; who is signed in is known.
      await context.route('**/api/v1/**', (route) =>
        route.request().url().endsWith('/session') ? route.continue() : broke(route),
      );
      const reading = pages.filter((each) => !withoutReads.includes(each));
      const silent = await crawl([...reading, '/new-schedule?pipeline=hold'], async (page, path) => {
        await page.goto(server.url + path);
        await page.getByRole('alert').getByRole('button', { name: 'Try again' }).first().waitFor({ timeout: 15_000 });
        return [];
      });
      expect(silent).toEqual([]);
    });
  });
});
