import type { BrowserContext } from 'playwright-core';
import { launch } from '../../test/browser/browser.ts';
import { placedPages } from '../../test/support/app-pages.ts';
import { median } from '../figure.ts';
import type { FilledServer } from './server.ts';

const samples = 3;

/** Pages with a blank in their address, and what is put there. */
export type Blanks = Readonly<Record<string, string>>;

export interface PageTimes {
  /** Milliseconds from the start of the navigation, by path. */
  interactive: Map<string, number>;
  /** Of scripts that the first page loads, as they went over the wire. */
  scriptBytes: number;
}

/** Each page opened in Chromium as somebody new to it opens it: nothing cached, signed in. */
export async function pageTimes(server: FilledServer, blanks: Blanks): Promise<PageTimes> {
  const browser = await launch();
  try {
    const first = await browser.newContext();
    await signIn(first, server);
    const storageState = await first.storageState();
    const visit = async (path: string) => {
      const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
      const seen = await open(context, server.url + path);
      await context.close();
      return seen;
    };
    // The server's own first answers are slower than all others.
    const { scriptBytes } = await visit('/');
    const interactive = new Map<string, number>();
    for (const path of placedPages(blanks)) {
      const taken: number[] = [];
      for (let sample = 0; sample < samples; sample += 1) taken.push((await visit(path)).interactive);
      interactive.set(path, median(taken));
    }
    return { interactive, scriptBytes };
  } finally {
    await browser.close();
  }
}

async function signIn(context: BrowserContext, { url, token }: FilledServer): Promise<void> {
  const answer = await fetch(`${url}/api/v1/session/link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const { url: link } = (await answer.json()) as { url: string };
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
}

async function open(context: BrowserContext, url: string): Promise<{ interactive: number; scriptBytes: number }> {
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(url, { waitUntil: 'commit' });
  const interactive = await page.evaluate(untilInteractive);
  return { interactive, scriptBytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
}

/**
 * In the page: it is interactive once its heading is there, nothing of it is still being loaded, and the main thread has
 * no task of 50 ms or more after that, for half a second. What counts is when the last of these was reached.
 */
function untilInteractive(): Promise<number> {
  const quietMs = 500;
  const patienceMs = 30_000;
  return new Promise((done, fail) => {
    let shown: number | undefined;
    let busyUntil = 0;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) busyUntil = Math.max(busyUntil, startTime + duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      const now = performance.now();
      const heading = document.querySelector('h1');
      const isWhole = heading !== null && document.querySelector('[role=status][aria-label=Loading]') === null;
      if (!isWhole) shown = undefined;
      else shown ??= now;
      if (shown !== undefined && now > Math.max(shown, busyUntil) + quietMs) return done(Math.max(shown, busyUntil));
      if (now > patienceMs) return fail(new Error(`${location.pathname} is not whole after ${patienceMs} ms`));
      setTimeout(look, 10);
    };
    look();
  });
}
