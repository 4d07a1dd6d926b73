import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Debian's Chromium, or what `CHROMIUM` names, without what it would fetch by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page whose script errors and refusals of the content security policy are collected. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return { page, faults };
}

/** Goes there, and waits until the page is `whole`. */
export async function goTo(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await whole(page);
}

/** Until the page listens, as React has it, and shows what it reads. The network alone is quiet before its scripts have run. */
export async function whole(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const shown = document.querySelector('main, h1');
    const isReacts = shown !== null && Object.keys(shown).some((key) => key.startsWith('__reactFiber$'));
    return isReacts && document.querySelector('[role=status][aria-label=Loading]') === null;
  });
  await page.waitForLoadState('networkidle');
}

const pictures = process.env['PALVELLA_PICTURES'];

/** Keeps what is seen as a picture of the docs, where the tests are run to make them anew. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
  if (before !== null) await page.setViewportSize(before);
}

/** Serious and critical faults of accessibility, as `rule: first element`. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run;
    return (await run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/** Numbers of the log's lines that are in sight, ascending. */
export function linesInSight(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const log = document.querySelector('[role=log]')?.getBoundingClientRect();
    if (log === undefined) return [];
    const rows = [...document.querySelectorAll<HTMLElement>('[role=log] [data-line]')];
    const seen = rows.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > log.top + 2 && top < log.bottom - 2;
    });
    return seen.map((row) => Number(row.dataset['line'])).sort((a, b) => a - b);
  });
}
