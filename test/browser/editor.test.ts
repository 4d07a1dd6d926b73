import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { dockerForTests } from '../support/docker.ts';
import { launch, openPage } from './browser.ts';

const told: string[] = [];
const slack = createServer((request, answer) => {
  void text(request).then((body) => {
    told.push((JSON.parse(body) as { text: string }).text);
    answer.end('ok');
  });
});
let server: StartedPalvella;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
  slack.listen(0, '127.0.0.1');
  server = await startPalvella({
    env: {
      DOCKER_HOST: await dockerForTests(),
      PALVELLA_SLACK_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/`,
      PALVELLA_ALLOWED_ADDRESSES: '127.0.0.1',
    },
  });
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await openPage(context);
  await first.page.goto(server.signIn);
  await first.page.getByText('No Pipelines yet').waitFor();
  await first.page.close();
});
afterAll(async () => {
  slack.close();
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, faults } = await openPage(context));
});
afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const form = () => page.getByRole('region', { name: 'Form' });
const field = (label: string) => page.getByRole('textbox', { name: label, exact: false });
/** As it is saved now. */
async function saved(name: string): Promise<{ source: string; spec: unknown; author: string; version: number }> {
  const answer = await page.request.get(`${server.url}/api/v1/definitions/Pipeline/${name}`);
  return (await answer.json()) as Awaited<ReturnType<typeof saved>>;
}

/** Clicks "Action" and answers its questions. */
async function addAction(name: string, type: string, search: string): Promise<void> {
  await page.getByRole('button', { name: 'Action', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'What type of Action do you want to add to this Job?' });
  await dialog.getByRole('combobox', { name: 'Search' }).fill(search);
  await dialog.getByRole('option', { name: new RegExp(type) }).click();
  await field('What name do you want to give this Action?').fill(name);
}

async function outcome(on: 'success' | 'failure', status: string): Promise<void> {
  await page.getByLabel(`What would you like to do on ${on}?`).selectOption(status);
}

async function saveVersion(button: string, note: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill(note);
  await page.getByRole('button', { name: 'Save version' }).click();
}

const status = (word: string) => page.locator('h1 + p').getByText(word, { exact: true }).waitFor({ timeout: 60_000 });

describe('from an empty server', () => {
  test('a Pipeline is composed as in use case 3, saved and run: the version is 3.18.0', async () => {
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Create new App Pipeline' }).click();
    await field('Name').fill('alpine-version');

    await page.getByRole('button', { name: 'New Job' }).click();
    const kinds = page.getByRole('dialog', { name: 'What type of Job?' });
    await kinds.getByRole('option', { name: /Execute container/ }).click();
    await field('Enter the container registry URL:').fill('alpine:latest');
    await field('What command and arguments should be run in the container?').fill('cat /etc/os-release');

    await addAction('version_match', 'Regular expression match on string', 'regular expression match on string');
    await field('What string do you want to match on?').fill('/Alpine Linux v([0-9.]+)/');
    await outcome('success', 'continue Job: success');
    await outcome('failure', 'end Job: failure');

    await addAction('version_match_success', 'Compare values', 'compare values');
    await field('What is the comparison you want to run?').fill(
      'job.current.action.version_match.output.0 == "3.18.0"',
    );
    await outcome('success', 'end Job: success');
    await outcome('failure', 'continue Job: success');

    await addAction('report_error', 'Send Slack message', 'send slack message');
    await field('What Slack channel would you like to send a message to?').fill('#notifications');
    await field('What message would you like to send?').fill('Alpine version check did not match 3.18.0');

    await addAction('fail', 'Fail Job', 'fail job');

    await saveVersion('Save Job', 'First version');
    await page.getByText('Saved as version 1.').waitFor();
    expect(page.url()).toBe(`${server.url}/pipelines/alpine-version/edit`);

    await page.getByRole('link', { name: 'Run it' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL('**/runs/alpine-version/*');
    await status('Succeeded');
    expect(told).toEqual([]);
  });

  test('it is stored in its serialized form, as it was composed, with its author', async () => {
    const { spec, author } = await saved('alpine-version');
    expect(author).toBe('local/admin');
    expect(spec).toMatchObject({
      jobs: [
        {
          type: 'container',
          image: 'alpine:latest',
          command: 'cat /etc/os-release',
          actions: [
            {
              name: 'version_match',
              match: '/Alpine Linux v([0-9.]+)/',
              on_success: 'continue success',
              on_failure: 'end failure',
            },
            {
              name: 'version_match_success',
              compare: 'job.current.action.version_match.output.0 == "3.18.0"',
              on_success: 'end success',
              on_failure: 'continue success',
            },
            {
              name: 'report_error',
              slack: { channel: '#notifications', message: 'Alpine version check did not match 3.18.0' },
            },
            { name: 'fail', fail: {} },
          ],
        },
      ],
    });
  });

  test('changed so that the version is another, the next run fails and Slack is told', async () => {
    await page.goto(`${server.url}/pipelines/alpine-version/edit`);
    await form()
      .getByRole('button', { name: /^container/ })
      .click();
    await form()
      .getByRole('button', { name: /^version_match_success/ })
      .click();
    await field('What is the comparison you want to run?').fill(
      'job.current.action.version_match.output.0 == "3.19.0"',
    );
    await saveVersion('Save', 'Another version');
    await page.getByText('Saved as version 2.').waitFor();
    await page.getByRole('link', { name: 'Run it' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await status('Failed');
    await page.getByText('The Job fails here').first().waitFor();
    expect(told).toEqual(['Alpine version check did not match 3.18.0']);
  });
});
