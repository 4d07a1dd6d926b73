import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../core/api/objects.ts';
import type { DeliveryDetail } from '../../core/api/triggers.ts';
import { type StartedPalvella, startPalvella, temporaryFolder } from '../e2e/palvella.ts';
import { hmac, payload } from '../triggers/setting.ts';
import { launch, openPage, seriousFaults, whole } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;

beforeAll(async () => {
  const file = join(temporaryFolder(), 'build.yaml');
  writeFileSync(
    file,
    `name: build
parameters: [{ name: branch, type: string }]
jobs: [{ name: a, actions: [{ run: 'true' }] }]
---
kind: Trigger
name: by-hand
manual: {}
runs: [{ pipeline: build, args: { branch: "\${{ trigger.payload.branch }}" } }]
---
name: hold
jobs: [{ name: a, actions: [{ approval: { prompt: Go on? } }] }]
---
kind: Trigger
name: asks
manual: {}
runs: [{ pipeline: hold }]
`,
  );
  server = await startPalvella();
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

async function signedIn(width: number): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(await browser.newContext({ viewport: { width, height: 900 } }));
  const { stdout } = await server.cli('sign-in');
  await opened.page.goto(/http\S+/.exec(stdout)?.[0] ?? '');
  await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
  return opened;
}

async function looksRight(page: Page, width: number): Promise<void> {
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

test('a webhook is made, set up with what the page shows, and a signed push starts a run', async () => {
  const { page, faults } = await signedIn(1280);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deliveries' }).click();
  await page.getByText('Nothing has been delivered yet').waitFor();
  await looksRight(page, 1280);
  await page.getByRole('link', { name: 'New webhook' }).click();
  await page.getByLabel('Name').fill('on-push');
  await page.getByRole('combobox', { name: 'Branches' }).fill('main');
  await page.getByRole('combobox', { name: 'Branches' }).press('Enter');
  await page.getByRole('combobox', { name: 'Events' }).click();
  await page.getByRole('option', { name: 'pull_request', exact: true }).click();
  expect(await page.getByRole('switch', { name: 'Also from forks' }).isChecked()).toBe(false);
  await page.getByRole('combobox', { name: 'Starts' }).click();
  await page.getByRole('option', { name: 'build' }).click();
  expect(await page.getByRole('textbox', { name: 'branch', exact: true }).inputValue()).toBe('${{ trigger.branch }}');
  await looksRight(page, 1280);
  await page.getByRole('button', { name: 'Make the webhook' }).click();
  await page.getByRole('heading', { name: 'Set up on-push' }).waitFor();
  await looksRight(page, 1280);
  const entries = await page.locator('dl dd code').allInnerTexts();
  const [url = '', type, secret = '', events] = entries;
  expect([url, type, events]).toEqual([`${server.url}/api/v1/hooks/on-push`, 'application/json', 'push, pull_request']);

  const body = payload('github-push');
  const send = (key: string) =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type ?? '',
        'x-github-event': 'push',
        'x-github-delivery': crypto.randomUUID(),
        'x-hub-signature-256': `sha256=${hmac(body, key)}`,
      },
      body,
    });
  expect((await send(`${secret}x`)).status).toBe(401);
  expect((await send(secret)).status).toBe(202);

  await page.getByRole('link', { name: 'Done' }).click();
  await page.getByRole('list', { name: 'Deliveries' }).getByRole('link').click();
  await page.getByText('Recorded: Started build/1.').waitFor();
  await looksRight(page, 1280);
  expect(await page.getByLabel('Payload').last().innerText()).toContain('"ref": "refs/heads/main"');
  const [run] = await server.json<RunSummary[]>('runs', '--pipeline', 'build');
  expect(run?.number).toBe(1);

  await page.getByRole('link', { name: /build/ }).first().click();
  await page.getByRole('link', { name: 'delivery', exact: true }).click();
  const held = Promise.withResolvers<void>();
  await page.route('**/deliveries/*_rsc=*', async (route) => {
    await held.promise;
    await route.continue();
  });
  const leaves = page.waitForRequest('**/deliveries/*_rsc=*');
  await page.getByRole('button', { name: 'Send again' }).click();
  await leaves;
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.getByRole('button', { name: 'Send again' }).isDisabled()).toBe(true);
  held.resolve();
  await page.getByText('sent again, first as').waitFor();
  await page.getByText('Recorded: Started build/2.').waitFor();

  await page.goto(`${server.url}/triggers/on-push`);
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('region', { name: 'YAML' }).getByText('if: trigger.fork == false').waitFor();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Copy the secret now').waitFor();
  expect((await send(secret)).status).toBe(401);
  expect(faults).toEqual([]);
});

test('a name that is taken overwrites nothing, and what is wrong is said', async () => {
  const { page, faults } = await signedIn(390);
  await page.goto(`${server.url}/new-webhook`);
  await page.getByLabel('Name').fill('by-hand');
  await page.getByRole('button', { name: 'Make the webhook' }).click();
  await page.getByRole('alert').getByText('by-hand').first().waitFor();
  await looksRight(page, 390);
  await page.getByLabel('Name').fill('not a name');
  await page.getByRole('button', { name: 'Make the webhook' }).click();
  const refusal = page.getByRole('alert', { name: 'This webhook was not made' });
  await refusal.getByText('a name begins with a letter').waitFor();
  expect(await refusal.innerText()).not.toContain('from_credential');
  await page.getByLabel('Name').fill('a-name');
  await refusal.waitFor({ state: 'hidden' });
  expect(faults).toEqual([]);
});

test('a person calls a Trigger by its page, on a phone too', async () => {
  const { page, faults } = await signedIn(390);
  await page.goto(`${server.url}/triggers`);
  await page.getByRole('link', { name: 'asks' }).waitFor();
  await page.getByLabel('Search Triggers').fill('by-h');
  await page.getByRole('link', { name: 'asks' }).waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'by-hand' }).click();
  await page.getByRole('button', { name: 'Call it' }).click();
  await page.getByLabel('Payload').fill('{ no json');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('This is no JSON').waitFor();
  await page.getByLabel('Payload').fill('{"branch": "by-hand"}');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText(/Recorded: Started build\/\d+\./).waitFor();
  await looksRight(page, 390);
  for (const path of ['/deliveries', '/deliveries?state=dropped&source=all', '/triggers', '/triggers/on-push']) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await whole(page);
    await looksRight(page, 390);
  }
  expect(faults).toEqual([]);
});

test('the page of a delivery follows the runs that it started to their end', async () => {
  const { page, faults } = await signedIn(1280);
  const { id } = await server.json<DeliveryDetail>('trigger', 'asks');
  await page.goto(`${server.url}/deliveries/${id}`);
  const run = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  await run.getByText('Waits').waitFor();
  expect(await server.cli('approve', 'hold/1')).toMatchObject({ status: 0 });
  await run.getByText('Succeeded').waitFor();
  expect(faults).toEqual([]);
});

test('a Trigger is changed and deleted from its page, on a phone too', async () => {
  const { page, faults } = await signedIn(390);
  await page.goto(`${server.url}/triggers/by-hand`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.waitForURL('**/edit/Trigger/by-hand');
  await page.getByRole('heading', { name: 'by-hand' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'More for by-hand' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('dialog', { name: 'Delete the Trigger by-hand?' }).waitFor();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await looksRight(page, 390);
  await page.getByRole('button', { name: 'Delete the Trigger' }).click();
  await page.getByRole('heading', { name: 'Triggers', exact: true }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'by-hand' }).count()).toBe(0);
  expect(faults).toEqual([]);
});
