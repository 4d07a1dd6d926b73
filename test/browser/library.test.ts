import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../cli/client.ts';
import { connection } from '../../cli/connection.ts';
import type { Definition } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { goTo, launch, openPage, seriousFaults } from './browser.ts';

let server: StartedPalvella;
let browser: Browser;
let page: Page;
let faults: string[];
let client: ReturnType<typeof createClient>;

const build = (command: string) =>
  `kind: Job\nname: build\ndescription: Builds it\nparams: [{ name: target, type: string, default: all }]\nactions:\n  - run: ${command}\n`;
const long = 'a-job-with-a-name-of-eighty-characters-which-is-as-long-as-somebody-may-ever-like';

async function apply(content: string, note = ''): Promise<void> {
  await client.post('/apply', { files: [{ name: 'test.yaml', content }], note });
}
const saved = (kind: string, name: string) => client.get<Definition>(`/definitions/${kind}/${name}`);

beforeAll(async () => {
  server = await startPalvella();
  client = createClient(connection({ dataDir: server.dataDir }));
  await apply(build('echo one'), 'The first');
  await apply(build('echo two'), '<b id="injected">The second</b>');
  await apply(`${build('echo three')}# kept\n`);
  await apply(
    [
      'name: ship\njobs: [{ job: build }]\n',
      'name: other\njobs: [{ name: a, job: build }, { name: b, actions: [{ announce: { text: x } }] }]\n',
      'kind: Action\nname: announce\nparams: [{ name: text, type: string }]\nrun: "true"\n',
      'kind: Engine\nname: box\ntype: local\ndescription: Here\n',
      `kind: Job\nname: ${long}\nactions: [{ run: "true" }]\n`,
    ].join('---\n'),
  );
  browser = await launch();
  ({ page, faults } = await openPage(await browser.newContext({ viewport: { width: 1440, height: 900 } })));
  await page.goto(server.signIn);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

test('Jobs, Actions and Engines are listed with what they take and how many use them', async () => {
  await page.goto(`${server.url}/jobs`);
  const rows = page.getByRole('list', { name: 'Jobs' }).getByRole('listitem');
  await rows.filter({ hasText: 'Takes target' }).filter({ hasText: 'Used by 2' }).waitFor();
  await page.getByRole('textbox', { name: 'Search Jobs' }).fill('eighty');
  await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(1);
  expect(new URL(page.url()).search).toBe('?q=eighty');
  await page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: 'Jobs' }).click();
  await expect.poll(() => rows.count()).toBe(2);
  expect(await page.getByRole('textbox', { name: 'Search Jobs' }).inputValue()).toBe('');
  await page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: 'Engines' }).click();
  await page.getByRole('link', { name: 'box' }).click();
  await page.getByText('Nothing uses it').waitFor();
});

test('two versions stand side by side, and the address says which', async () => {
  await page.goto(`${server.url}/jobs/build?tab=versions`);
  const versions = page.getByRole('list', { name: 'Versions' });
  await versions.getByText('The first').waitFor();
  expect(await page.locator('#injected').count()).toBe(0);
  await versions.getByRole('link', { name: 'What changed in version 2' }).click();
  await page.getByRole('heading', { name: 'From version 1 to 2' }).waitFor();
  expect(new URL(page.url()).searchParams.get('compare')).toBe('1..2');
  const changed = page.locator('.cm-changedText');
  await expect.poll(async () => (await changed.allTextContents()).join(' '), { timeout: 20_000 }).toContain('one');
  expect(await changed.allTextContents()).toContain('two');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('3');
  await page.getByRole('heading', { name: 'From version 1 to 3' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { name: 'From version 1 to 2' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('heading', { name: 'From version 1 to 3' }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

describe('a restore', () => {
  test('makes a new version of the old source, and keeps those in between', async () => {
    await page.goto(`${server.url}/jobs/build?tab=versions&version=1`);
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByRole('heading', { name: 'Version 4' }).waitFor();
    expect(await saved('Job', 'build')).toMatchObject({ version: 4, source: build('echo one') });
    await page.getByRole('link', { name: 'All versions' }).click();
    await page.getByText('Restores version 1').waitFor();
  });

  test('overwrites nothing that somebody else saved meanwhile', async () => {
    await page.goto(`${server.url}/jobs/build?tab=versions&version=2`);
    await page.getByRole('button', { name: 'Restore version 2' }).click();
    await apply(build('echo meanwhile'));
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByRole('alert').getByText('was changed since version 4').first().waitFor();
    expect((await saved('Job', 'build')).source).toContain('echo meanwhile');
  });

  test('of what names something that is gone says what is missing', async () => {
    await apply('kind: Job\nname: gone\nactions: [{ run: "true" }]\n---\nname: calls\njobs: [{ job: gone }]\n');
    await apply('name: calls\njobs: [{ job: build }]\n');
    await client.remove('/definitions/Job/gone');
    await page.goto(`${server.url}/pipelines/calls?tab=versions&version=1`);
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByRole('alert').getByText('there is no Job "gone" in the library').waitFor();
    expect(await saved('Pipeline', 'calls')).toMatchObject({ version: 2 });
  });
});

describe('a rename', () => {
  test('changes what calls it, and the old address leads to the new one', async () => {
    await apply('kind: Job\nname: wash\nactions: [{ run: "true" }]\n---\nname: laundry\njobs: [{ job: wash }]\n');
    expect(await server.cli('run', 'wash', '--follow')).toMatchObject({ status: 0 });
    await page.goto(`${server.url}/jobs/wash`);
    await page.getByRole('button', { name: 'More for wash' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename the Job wash' });
    const field = dialog.getByRole('textbox', { name: 'New name' });
    const button = dialog.getByRole('button', { name: 'Rename' });
    expect(await button.isDisabled()).toBe(true);
    await field.fill('build');
    await button.click();
    await dialog.getByRole('alert').getByText('There is a Job called build already.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await field.fill('no name');
    await expect.poll(() => dialog.getByRole('alert').count()).toBe(0);
    await button.click();
    const refusal = dialog.getByRole('alert').getByText('a name begins with a letter');
    await refusal.waitFor();
    expect(await refusal.count()).toBe(1);
    expect(await dialog.getByRole('alert').innerText()).not.toContain('to:');
    await field.fill('rinse');
    await field.press('Enter');
    await page.getByRole('heading', { name: 'rinse', exact: true }).waitFor();
    await page.getByRole('list', { name: 'Used by' }).getByRole('link', { name: 'laundry' }).waitFor();
    expect((await saved('Pipeline', 'laundry')).source).toContain('name: wash, job: rinse');
    await page.getByText('Runs from before it was renamed').getByRole('link', { name: 'wash' }).click();
    await page.getByRole('link', { name: 'wash #1' }).waitFor();
    await page.goto(`${server.url}/pipelines/wash?tab=versions`);
    await page.waitForURL('**/jobs/rinse?tab=versions');
    await page.getByText('Job wash is called rinse now').waitFor();
  });

  test('of a Pipeline that ran does not make the list say that it never did', async () => {
    await apply('name: before\njobs: [{ job: build }]\n');
    expect(await server.cli('run', 'before', '--follow')).toMatchObject({ status: 0 });
    await client.post('/definitions/Pipeline/before/rename', { to: 'afterwards' });
    await page.goto(`${server.url}/pipelines?q=afterwards`);
    const row = page.getByRole('list', { name: 'Pipelines' }).getByRole('listitem');
    await row.getByText('Not run under this name yet').waitFor();
  });
});

describe('a run', () => {
  test('leads to its version, and to those of what it called', async () => {
    expect(await server.cli('run', 'ship', '--follow')).toMatchObject({ status: 0 });
    await page.goto(`${server.url}/runs/ship/1`);
    await page.getByRole('button', { name: 'What it was made of' }).click();
    const made = page.getByRole('list', { name: 'Versions of the library' });
    await made.getByRole('link', { name: 'build, version 5' }).click();
    await page.getByRole('heading', { name: 'Version 5' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'version 1', exact: true }).click();
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    expect(page.url()).toBe(`${server.url}/pipelines/ship?tab=versions&version=1`);
  });

  test('of a Job by itself is started from its page, and leads back there', async () => {
    await page.goto(`${server.url}/jobs/build`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL('**/runs/build/1');
    await page.getByRole('heading', { level: 1 }).getByRole('link', { name: 'build' }).click();
    await page.waitForURL('**/jobs/build');
    await page.getByRole('list', { name: 'Last runs' }).getByRole('listitem').waitFor();
  });
});

test.each([
  ['pipelines', 'kind: Pipeline\nname: asks\nparameters', 'jobs: [{ name: a, actions: [{ run: "true" }] }]'],
  ['jobs', 'kind: Job\nname: asks-too\nparams', 'actions: [{ run: "true" }]'],
])('at /%s what was typed for a run outlives a new version that takes the same', async (path, head, tail) => {
  const save = (description: string) =>
    apply(`${head}: [{ name: target, type: string }]\n${tail}\ndescription: ${description}\n`);
  await save('The first');
  await page.goto(`${server.url}/${path}/${/name: (\S+)/.exec(head)?.[1]}`);
  await page.getByLabel('target').fill('typed');
  await save('The second');
  // As when one comes back to the page.
  const looks = () => page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(async () => (await looks(), page.getByText('The second').count())).toBe(1);
  expect(await page.getByLabel('target').inputValue()).toBe('typed');
});

describe('a delete', () => {
  test('of what is called is refused, with the callers as links', async () => {
    await page.goto(`${server.url}/jobs/build`);
    await page.getByRole('button', { name: 'More for build' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByText('Its runs stay').waitFor();
    await page.getByRole('button', { name: 'Delete the Job' }).click();
    const refusal = page.getByRole('alert');
    await refusal.getByRole('link', { name: 'Pipeline ship' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await refusal.getByRole('link', { name: 'Pipeline other' }).click();
    await page.waitForURL('**/pipelines/other');
    expect(await saved('Job', 'build')).toMatchObject({ version: 5 });
  });

  test('of what nothing calls is done once that is confirmed, and its runs stay', async () => {
    await page.goto(`${server.url}/pipelines/ship`);
    const ask = async () => {
      await page.getByRole('button', { name: 'More for ship' }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
    };
    await ask();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await saved('Pipeline', 'ship')).toMatchObject({ version: 1 });
    await ask();
    await page.getByRole('button', { name: 'Delete the Pipeline' }).click();
    await page.waitForURL('**/pipelines');
    await page.getByRole('link', { name: 'other' }).waitFor();
    await page.goto(`${server.url}/runs/ship/1`);
    await page.getByRole('heading', { level: 1 }).getByRole('link', { name: 'ship' }).click();
    await page.getByRole('link', { name: 'runs of ship' }).click();
    await page.getByRole('link', { name: 'ship #1' }).waitFor();
  });
});

test.each(['light', 'dark'] as const)(
  'at 390 px, %s, pages are whole and have no serious fault',
  async (colorScheme) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme });
    for (const path of [
      '/jobs',
      '/actions',
      '/engines',
      '/engines/box',
      '/actions/announce',
      `/jobs/${long}`,
      '/jobs/build',
      '/jobs/build?tab=source',
      '/jobs/build?tab=versions',
      '/jobs/build?tab=versions&version=2',
      '/jobs/build?tab=versions&compare=1..2',
      '/pipelines/nowhere',
      '/jobs/nowhere',
    ]) {
      await goTo(page, server.url + path);
      expect({ path, faults: await seriousFaults(page) }).toEqual({ path, faults: [] });
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, beyond }).toEqual({ path, beyond: 0 });
    }
    expect(faults).toEqual([]);
  },
);
