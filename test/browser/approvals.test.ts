import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalItem } from '../../core/api/approvals.ts';
import { palvella, type StartedPalvella, startPalvella, temporaryFolder } from '../e2e/palvella.ts';
import { launch, openPage, picture, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let signedIn: Awaited<ReturnType<Browser['newContext']>>;
let page: Page;
let faults: string[];
const patience = { timeout: 60_000 };
type Opened = Awaited<ReturnType<typeof openPage>>;

beforeAll(async () => {
  server = await startPalvella();
  browser = await launch();
  signedIn = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await openPage(signedIn);
  await first.page.goto(server.signIn);
  await first.page.getByText('No Pipelines yet').waitFor();
  await first.page.close();
  for (const file of [join(import.meta.dirname, 'approvals.yaml'), 'examples/terraform']) {
    expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, faults } = await openPage(signedIn));
});
afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const status = (word: string) => page.locator('h1 + p').getByText(word, { exact: true }).waitFor(patience);
const panel = () => page.getByRole('region', { name: 'Approval', exact: true });
const approve = () => panel().getByRole('button', { name: 'Approve' });

async function openRun(pipeline: string, ...parameters: string[]): Promise<string> {
  const given = parameters.flatMap((parameter) => ['-p', parameter]);
  const { number } = await server.json<{ number: number }>('run', pipeline, ...given);
  await page.goto(`${server.url}/runs/${pipeline}/${number}`);
  await panel().waitFor(patience);
  return `${pipeline}/${number}`;
}

/** By the page's own session. */
const item = async (run: string) => {
  const answer = await page.request.get(`${server.url}/api/v1/approvals?run=${encodeURIComponent(run)}`);
  return ((await answer.json()) as { items: ApprovalItem[] }).items[0] as ApprovalItem;
};

const isWide = (at: Page) => at.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

describe('an approval', () => {
  test('shows its files as text, wants its fields filled in, and takes a double click once', async () => {
    const run = await openRun('release');
    await panel().getByText('server <img src=x id=injected onerror=alert(1)>').waitFor();
    expect(await panel().locator('pre span[class*=fg-green]').innerText()).toBe('+ add');
    expect(await page.locator('#injected').count()).toBe(0);
    await panel().locator('summary').nth(1).click();
    await panel().getByText('This is no text').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await approve().click();
    await panel().getByText('Give a value.').waitFor();
    expect((await item(run)).decisions).toEqual([]);
    await panel().getByLabel('ticket').fill('C42');
    await approve().dblclick();
    await status('Succeeded');
    const decided = await item(run);
    expect(decided).toMatchObject({ state: 'approved', values: { ticket: 'C42', window: 'tonight' } });
    expect(decided.decisions).toHaveLength(1);
    await page.getByText('C42 tonight').waitFor();
    await page.goto(`${server.url}/approvals?state=decided`);
    const row = page.getByRole('listitem').filter({ hasText: run.replace('/', ' #') });
    await row.getByText('Approved by you').waitFor();
    await row.getByText('C42').waitFor();
  });

  test('what it shows changes: what was said is void, and nothing is approved that was not looked at', async () => {
    const gate = join(temporaryFolder(), 'gate');
    const run = await openRun('changing', `gate=${gate}`);
    await approve().click();
    await panel().getByText('1 of 2 have approved').waitFor();
    await panel().getByText('You have said approve already.').waitFor();
    const before = await item(run);
    writeFileSync(gate, '');
    const changed = panel().getByRole('alert').filter({ hasText: 'What is shown has changed' });
    await changed.getByText('Stored again: plan.txt.').waitFor(patience);
    expect(await approve().isDisabled()).toBe(true);
    expect(await panel().locator('pre').count()).toBe(0);
    await panel().getByText('void, as what was shown has changed since').waitFor();
    await changed.getByRole('button', { name: 'Show what is there now' }).click();
    await panel().locator('pre').waitFor();
    const after = await item(run);
    expect(after.digest).not.toBe(before.digest);
    await approve().click();
    await panel().getByText('1 of 2 have approved').waitFor();
    const { token } = await server.json<{ token: string }>('token', 'create', 'second', '--role', 'administrator');
    const env = { PALVELLA_URL: server.url, PALVELLA_TOKEN: token };
    expect(await palvella(['approve', run], env)).toMatchObject({ status: 0 });
    await status('Succeeded');
  });
});

test('two people in two browsers are a quorum; neither who started the run nor who lacks the role is one of it', async () => {
  const contexts = [await browser.newContext(), await browser.newContext()];
  const [one, other] = (await Promise.all(contexts.map((context) => openPage(context)))) as [Opened, Opened];
  const signIn = async ({ page: at }: Opened, name: string, role: string) => {
    await at.goto((await server.json<{ url: string }>('sign-in', '--as', name, '--role', role)).url);
    await at.getByRole('heading', { name: 'Home' }).waitFor();
  };
  const start = (by: Opened) =>
    by.page.request.post(`${server.url}/api/v1/pipelines/guarded/runs`, {
      data: { parameters: { key: 'whispered' } },
      headers: { origin: server.url },
    });
  const asked = async ({ page: at }: Opened, run: string) => {
    await at.goto(`${server.url}/runs/${run}`);
    return at.getByRole('region', { name: 'Approval' });
  };

  await signIn(one, 'ann', 'administrator');
  const run = `guarded/${((await (await start(one)).json()) as { number: number }).number}`;
  const requesters = await asked(one, run);
  await requesters.getByText('Whoever started the run may not decide this.').waitFor(patience);
  expect(await requesters.getByRole('button', { name: 'Approve' }).count()).toBe(0);

  await signIn(other, 'bob', 'qa');
  expect((await start(other)).status()).toBe(403);
  const outsiders = await asked(other, run);
  await outsiders.getByText('Only release may decide this.').waitFor();
  expect(await outsiders.getByRole('button', { name: 'Approve' }).count()).toBe(0);

  await one.page.getByRole('button', { name: 'Account and appearance, person/ann' }).click();
  const menu = one.page.getByRole('menu');
  await menu.getByText('Role: administrator').waitFor();
  await menu.getByRole('menuitem', { name: 'Sign out' }).click();
  await one.page.getByText('Open the sign-in link').waitFor();

  await signIn(one, 'carol', 'release');
  await signIn(other, 'dan', 'release');
  const [first, second] = [await asked(one, run), await asked(other, run)];
  for (const shown of [first, one.page.getByRole('list', { name: 'Approvals' })]) {
    await shown.getByText('production').waitFor();
    await shown.getByText('***').waitFor();
    await shown
      .getByText(/^Reminds #releases in 4 h · Escalates in (24 h|1 d): director may decide, too; tells #releases$/)
      .waitFor();
    expect(await shown.innerText()).not.toContain('whispered');
    expect(await shown.getByRole('link', { name: 'version 1' }).getAttribute('href')).toContain('guarded');
    if (shown === first) await one.page.goto(`${server.url}/approvals`);
  }
  await one.page.goBack();
  await first.getByRole('button', { name: 'Approve' }).click();
  await first.getByText('You have said approve already.').waitFor();
  await second.getByText('Approved by person/carol').waitFor();
  await second.getByText('1 of 2 have approved').waitFor();
  await second.getByRole('button', { name: 'Approve' }).click();
  for (const { page: at } of [one, other]) {
    await at.locator('h1 + p').getByText('Succeeded', { exact: true }).waitFor(patience);
  }
  expect((await item(run)).decisions.map(({ by }) => by)).toEqual(['person/carol', 'person/dan']);
  expect([...one.faults, ...other.faults]).toEqual([]);
  for (const context of contexts) await context.close();
});

test('the plan of Terraform is read and approved on the page, and applied', async () => {
  await openRun('deploy-terraform', 'environment=prod', `state-folder=${temporaryFolder()}`);
  await panel().getByText('Apply these changes to prod?').waitFor();
  await panel().getByText('Plan: 1 to add, 0 to change, 0 to destroy.').waitFor();
  await panel()
    .getByText(/digest [\da-f]{8}/)
    .waitFor();
  await panel().getByLabel('Comment').fill('One server, as agreed');
  await panel().getByText('Parameters').click();
  await picture(page, 'terraform-approval');
  await approve().click();
  await status('Succeeded');
  await picture(page, 'terraform-applied');
});

test('more of them than one page holds are counted and can be listed', async () => {
  const file = join(temporaryFolder(), 'many.yaml');
  const list = JSON.stringify(Array.from({ length: 51 }, (_, index) => index));
  writeFileSync(
    file,
    `name: many\njobs: [{ name: a, for_each: ${list}, actions: [{ approval: { prompt: Go on? } }] }]\n`,
  );
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
  const { number } = await server.json<{ number: number }>('run', 'many');
  await page.goto(`${server.url}/approvals?state=pending`);
  await page.getByRole('navigation', { name: 'Main' }).getByLabel('51 for me').waitFor(patience);
  const rows = page.getByRole('list', { name: 'Approvals' }).getByRole('link', { name: /^many #/ });
  await expect.poll(() => rows.count()).toBe(30);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => rows.count()).toBe(51);
  await page.goto(`${server.url}/runs/many/${number}`);
  await expect.poll(() => panel().count()).toBe(30);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => panel().count()).toBe(51);
  await page.goto(`${server.url}/approvals?state=pending`);
  expect(await server.cli('stop', `many/${number}`)).toMatchObject({ status: 0 });
  await page.getByText('Nothing waits for a decision').waitFor(patience);
  await page.getByLabel('51 for me').waitFor({ state: 'detached' });
});

test('on a narrow screen the inbox and the panel fit, and both are accessible', async () => {
  const run = await openRun('release');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [`/runs/${run}`, '/approvals']) {
    await page.goto(`${server.url}${path}`);
    await page.getByRole('button', { name: 'Approve' }).first().waitFor();
    expect(await isWide(page)).toBe(false);
    expect(await seriousFaults(page)).toEqual([]);
  }
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByText('Nothing waits for your decision').waitFor();
});
