import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella } from '../e2e/palvella.ts';
import { dockerForTests } from '../support/docker.ts';
import { launch, openPage, picture, seriousFaults } from './browser.ts';

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
      PALVELLA_PLUGINS: join(import.meta.dirname, '../support/plugins/greet.ts'),
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
  const dialog = page.getByRole('dialog', { name: 'New Action' });
  const named = dialog.getByRole('textbox', { name: 'What name do you want to give this Action?' });
  await expect.poll(() => named.evaluate(isFocused)).toBe(true);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  const found = dialog.getByRole('combobox', { name: 'Search' });
  expect(await found.evaluate(isFocused)).toBe(true);
  await page.keyboard.type(search);
  await dialog.getByRole('option', { name: new RegExp(type), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect
    .poll(() =>
      form()
        .getByRole('textbox', { name: /this Action/ })
        .inputValue(),
    )
    .toBe(name);
}

function isFocused(element: Element): boolean {
  return element === document.activeElement;
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
    await picture(page, 'editor-new-job');
    await kinds.getByRole('option', { name: /Execute container/ }).click();
    await field('Enter the container registry URL:').fill('alpine:latest');
    await field('What command and arguments should be run in the container?').fill('cat /etc/os-release');

    await addAction('version_match', 'Regular expression match on string', 'regular expression match on string');
    // What its type asks comes next.
    await expect.poll(() => field('What string do you want to match on?').evaluate(isFocused)).toBe(true);
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
    await picture(page, 'editor');

    await saveVersion('Save Job', 'First version');
    await page.getByText('Saved as version 1.').waitFor();
    expect(page.url()).toBe(`${server.url}/pipelines/alpine-version/edit`);

    await page.getByRole('link', { name: 'Run it' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL('**/runs/alpine-version/*');
    await status('Succeeded');
    await picture(page, 'compose-succeeded');
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
    await picture(page, 'compose-failed');
    expect(told).toEqual(['Alpine version check did not match 3.18.0']);
  });
});

const library = `kind: Job
name: plan-stack
description: Plans one stack
params:
  - { name: account, type: string, description: Where it is }
  - { name: environment, type: string, options: [nonprod, prod] }
  - { name: dry, type: boolean }
  - { name: note, type: string, default: no note }
actions:
  - run: echo "$ACCOUNT $ENVIRONMENT $DRY $NOTE"
    environ:
      ACCOUNT: '\${{ job.self.params.account }}'
      ENVIRONMENT: '\${{ job.self.params.environment }}'
      DRY: '\${{ job.self.params.dry }}'
      NOTE: '\${{ job.self.params.note }}'
---
kind: Action
name: announce
description: Says it in the log
params: [{ name: text, type: string }]
run: echo "announced $TEXT"
environ: { TEXT: '\${{ job.self.params.text }}' }
---
kind: Pipeline
name: smoke
jobs: [{ name: only, actions: [{ run: echo smoked }] }]
`;

test('Jobs, Pipelines and Actions of the library, a group and an approval are picked, filled in, and run to their end', async () => {
  await applied('library', library);
  await page.goto(`${server.url}/pipelines/new`);
  await field('Name').fill('from-library');
  const newJob = async (search: string, title: RegExp, button = 'New Job') => {
    await page.getByRole('button', { name: button, exact: true }).click();
    const kinds = page.getByRole('dialog', { name: 'What type of Job?' });
    await kinds.getByRole('combobox', { name: 'Search' }).fill(search);
    await kinds.getByRole('option', { name: title }).click();
  };

  await newJob('plan', /plan-stack.*Plans one stack/);
  // What is missing is said with the args, and not with the name.
  const args = form().getByRole('group', { name: 'Args' });
  await args.getByText('the Job plan-stack needs account (string), environment (string), dry (boolean).').waitFor();
  expect(await field('What name do you want to give this Job?').getAttribute('aria-invalid')).not.toBe('true');
  await args.getByRole('textbox', { name: 'account' }).fill('project1');
  await args.getByRole('combobox', { name: 'environment' }).selectOption({ label: 'prod' });
  await args.getByRole('combobox', { name: 'dry' }).selectOption({ label: 'false' });
  await args.getByRole('button', { name: 'note' }).click();
  await args.getByRole('textbox', { name: 'note' }).fill('by form');
  await page.getByText('No problems').waitFor();

  await newJob('group', /^Group of Jobs/);
  await form().getByText('this is empty. Give at least one.').waitFor();
  await newJob('command', /^Run a command/, 'New Job in it');
  await field('Command').fill('echo grouped');
  await addAction('tell', 'announce.*Says it in the log', 'announce');
  await form().getByText('the Action announce needs text (string).').waitFor();
  await form().getByRole('textbox', { name: 'text', exact: true }).fill('what was grouped');
  await page.getByText('No problems').waitFor();

  await newJob('call a pipeline', /^Call a Pipeline/);
  await form().getByText('this is empty.').waitFor();
  await form().getByLabel('Which Pipeline?').fill('smo');
  await page.getByRole('option', { name: 'smoke' }).click();

  await newJob('approval', /^Ask for approval/);
  await field('Prompt').fill('Is it planned well?');
  await form().getByRole('combobox', { name: 'Requires' }).click();
  for (const name of ['plan-stack', 'group', 'pipeline']) await page.getByRole('option', { name, exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByText('No problems').waitFor();
  await saveVersion('Save Job', '');
  await page.getByText('Saved as version 1.').waitFor();
  const { spec } = await saved('from-library');
  expect(spec).toMatchObject({
    jobs: [
      {
        name: 'plan-stack',
        job: 'plan-stack',
        args: { account: 'project1', environment: 'prod', dry: false, note: 'by form' },
      },
      {
        name: 'group',
        jobs: [
          { name: 'run', actions: [{ run: 'echo grouped' }, { name: 'tell', announce: { text: 'what was grouped' } }] },
        ],
      },
      { name: 'pipeline', pipeline: 'smoke' },
      {
        name: 'approve',
        requires: ['plan-stack', 'group', 'pipeline'],
        actions: [{ approval: 'Is it planned well?' }],
      },
    ],
  });

  await page.getByRole('link', { name: 'Run it' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const approval = page.getByRole('region', { name: 'Approval' });
  await approval.getByText('Is it planned well?').waitFor({ timeout: 60_000 });
  await approval.getByRole('button', { name: 'Approve' }).click();
  await status('Succeeded');
  const { stdout } = await server.cli('logs', 'from-library/1');
  for (const line of ['project1 prod false by form', 'grouped', 'announced what was grouped', 'smoked'])
    expect(stdout).toContain(line);
});

const commented = `# Ships what was built.
kind: Pipeline
name: ship # as everybody calls it
jobs:
  # First of all.
  - name: build
    actions:
      - run: echo built # quickly
  - name: test
    actions:
      - name: one
        run: echo tested
  - name: deliver
    requires: [test] # never untested
    actions:
      - run: echo delivered
`;

async function applied(name: string, source: string): Promise<void> {
  const content = source.replace('name: ship', `name: ${name}`);
  const answer = await page.request.post(`${server.url}/api/v1/apply`, {
    data: { files: [{ name: 'a.yaml', content }] },
    headers: { origin: server.url },
  });
  expect(answer.status()).toBe(200);
}

async function begin(name: string, source = commented): Promise<void> {
  await applied(name, source);
  await page.goto(`${server.url}/pipelines/${name}/edit`);
  await page.locator('.cm-content').waitFor();
}

const yamlText = async () =>
  (await page.locator('.cm-line').allInnerTexts()).map((line) => line.replace(/\n$/, '')).join('\n');
const node = (name: string) => page.getByTestId(`rf__node-${name}`);

function right(box: { x: number; width: number }): number {
  return box.x + box.width;
}

/** Draws a line in the graph from one Job to another. */
async function drag(from: string, to: string): Promise<void> {
  await node(from).locator('.react-flow__handle.source').hover();
  await page.mouse.down();
  await node(to).locator('.react-flow__handle.target').hover();
  await page.mouse.up();
}

describe('form, graph and text in step', () => {
  test('a line that is drawn is required, shown in all three, undone and done again; comments stay', async () => {
    await begin('drawn');
    await drag('build', 'test');
    await expect.poll(yamlText).toContain('  - name: test\n    requires: [build]\n    actions:');
    await form().getByRole('button', { name: /^test/ }).click();
    await form().getByText('build', { exact: true }).last().waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(yamlText).not.toContain('requires: [build]');
    await page.getByRole('button', { name: 'Redo' }).click();
    const now = await yamlText();
    for (const comment of commented.match(/#.*/g) ?? []) expect(now).toContain(comment);
    expect(now.replace('    requires: [build]\n', '')).toBe(commented.replace('name: ship', 'name: drawn'));
  });

  test('a circle is refused with the reason; a line is chosen and removed with Delete', async () => {
    await begin('circle');
    await drag('deliver', 'test');
    await page.getByText('That would be a circle: deliver requires test requires deliver.').waitFor();
    const start = await node('test').boundingBox();
    const end = await node('deliver').boundingBox();
    if (start === null || end === null) throw new Error('a Job is not in sight');
    await page.mouse.click((right(start) + end.x) / 2, start.y + start.height / 2);
    await page.keyboard.press('Delete');
    await expect.poll(yamlText).not.toContain('requires');
  });

  test('what is typed as text is in form and graph; while it cannot be read they keep the last', async () => {
    await begin('typed');
    const editor = page.locator('.cm-content');
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('  - name: announce\n    actions:\n      - run: echo done\n');
    await node('announce').waitFor();
    await form()
      .getByRole('button', { name: /^announce/ })
      .waitFor();
    await page.keyboard.insertText('  - {');
    await page.getByText('Form and graph show the last text that could be read.').waitFor();
    await node('announce').waitFor();
    await page.getByRole('region', { name: 'Problems' }).getByRole('listitem').first().waitFor();
  });

  test('completion knows the fields of an Action and says what they are', async () => {
    await begin('completed');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('      - name: tell\n        sl');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('slack', { exact: true }).waitFor();
    // A list takes no key in its first moment, so that one meant for the text does not choose.
    await page.waitForTimeout(300);
    await page.keyboard.press('Enter');
    await expect.poll(yamlText).toContain('        slack: ');
  });

  test('a problem leads to its place, in the form and in the text', async () => {
    await begin('wrong');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('        on_failure: stop\n');
    const problem = page.getByRole('region', { name: 'Problems' }).getByRole('button', { name: /on_failure/ });
    await problem.click();
    const select = page.getByLabel('What would you like to do on failure?');
    await expect.poll(() => select.evaluate(isFocused)).toBe(true);
    await page.locator('.cm-lintRange-error').waitFor();
  });

  test('an Action without a name is called after its type; one that cannot be written leaves its Job open', async () => {
    await begin('refused');
    const added = async () => {
      await page.getByRole('button', { name: 'Action', exact: true }).click();
      await page.getByRole('dialog', { name: 'New Action' }).waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type('http request');
      await page.keyboard.press('Enter');
    };
    await form().getByRole('button', { name: /^test/ }).click();
    await added();
    await expect.poll(yamlText).toContain('run: echo tested\n      - http: ""\n');
    expect(
      await form()
        .getByRole('textbox', { name: /this Action/ })
        .getAttribute('placeholder'),
    ).toBe('http');

    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('name: refused\njobs: [{ name: odd, actions: text }]\n');
    await node('odd').getByRole('button').click();
    await added();
    await page.getByText('jobs[0].actions is not a list. Mend it in the YAML first.').waitFor();
    expect(await field('What name do you want to give this Job?').inputValue()).toBe('odd');
  });

  test('what is not checked is not called free of problems, and is checked once the server is back', async () => {
    const held = Promise.withResolvers<void>();
    await page.route('**/api/v1/validate', async (route) => {
      await held.promise;
      await route.abort();
    });
    await begin('unchecked');
    await page.getByText('Checking…').waitFor();
    held.resolve();
    await page.getByText('Not checked: The server cannot be reached.').waitFor();
    await page.unroute('**/api/v1/validate');
    await page.getByText('No problems').waitFor();
  });

  test('a Job that is renamed is required, and named in expressions, by its new name', async () => {
    await begin(
      'renamed',
      `${commented}  - name: tell\n    requires: [deliver]\n    skip_if: job.deliver.status == "skipped"\n    actions: [{ run: 'true' }]\n`,
    );
    await node('deliver').getByRole('button').click();
    await field('What name do you want to give this Job?').fill('hand-over');
    await page.keyboard.press('Tab');
    await expect.poll(yamlText).toContain('requires: [hand-over]');
    expect(await yamlText()).toContain('skip_if: job["hand-over"].status == "skipped"');
    await page.getByText('No problems').waitFor();
  });
});

describe('what is not saved', () => {
  test('is warned of before the page is left, kept, and offered again', async () => {
    await begin('kept');
    await form().getByRole('button', { name: /^test/ }).click();
    await field('What name do you want to give this Job?').fill('check');
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Leave with unsaved changes?' })
      .getByRole('button', { name: 'Stay' })
      .click();
    const asked = page.waitForEvent('dialog');
    const reloaded = page.reload();
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
    await reloaded;
    await page.getByText('There is an unsaved draft').waitFor();
    expect(await yamlText()).toContain('- name: test');
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await expect.poll(yamlText).toContain('- name: check');
    await saveVersion('Save', 'kept');
    await page.getByText('Saved as version 2.').waitFor();
    await page.reload();
    await page.locator('.cm-content').waitFor();
    expect(await page.getByText('There is an unsaved draft').count()).toBe(0);
  });

  const leaving = () => page.getByRole('dialog', { name: 'Leave with unsaved changes?' });
  async function edited(written: string): Promise<void> {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(written);
    await expect.poll(yamlText).toContain(written);
  }

  test('is warned of when Back is pressed, which stays, and leaves once it may', async () => {
    await applied('left-by-back', commented);
    await page.goto(`${server.url}/pipelines/left-by-back`);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.locator('.cm-content').waitFor();
    const address = page.url();
    await edited('# more\n');
    // It is over only when the page is left.
    const back = page.goBack().catch(() => null);
    await leaving().getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toBe(address);
    await edited('# and more\n');
    await Promise.all([page.goBack(), leaving().getByRole('button', { name: 'Leave, keep the draft' }).click()]);
    await back;
    await page.getByRole('heading', { name: 'left-by-back' }).waitFor();
    await page.goForward();
    await page.getByText('There is an unsaved draft').waitFor();
    expect(page.url()).toBe(address);
  });

  test('is warned of when the search box leads elsewhere', async () => {
    await begin('left-by-search');
    await edited('# more\n');
    const search = async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: 'Search', exact: true }).fill('workers');
      await page.locator('[data-action]', { hasText: 'Workers' }).first().waitFor();
      await page.keyboard.press('Enter');
    };
    await search();
    await leaving().getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toBe(`${server.url}/pipelines/left-by-search/edit`);
    expect(await yamlText()).toContain('# more');
    await search();
    await leaving().getByRole('button', { name: 'Drop the changes' }).click();
    await page.waitForURL('**/workers');
    await page.goBack();
    await page.locator('.cm-content').waitFor();
    expect(await yamlText()).not.toContain('# more');
    expect(await page.getByText('There is an unsaved draft').count()).toBe(0);
  });

  test('is not written over while it is still offered', async () => {
    await begin('two-drafts');
    page.on('dialog', (dialog) => void dialog.accept());
    const offers = page.getByRole('button', { name: 'Go on with it' });
    for (const [offered, written] of ['# first\n', '# second\n'].entries()) {
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText(written);
      await expect.poll(yamlText).toContain(written.trim());
      expect(await offers.count()).toBe(offered);
      await page.reload();
      await offers.first().waitFor();
    }
    expect(await offers.count()).toBe(2);
    await offers.first().click();
    await expect.poll(yamlText).toContain('# first');
    await offers.click();
    await expect.poll(yamlText).toContain('# second');
    await page.getByRole('button', { name: 'Drop it' }).click();
    await saveVersion('Save', 'the second');
    await page.getByText('Saved as version 2.').waitFor();
    await page.reload();
    await page.locator('.cm-content').waitFor();
    expect(await offers.count()).toBe(0);
    expect(await yamlText()).toContain('# second');
  });

  test('stays as it is while keys of a dialog above it are pressed', async () => {
    await begin('above');
    await page.locator('.cm-content').click();
    await page.keyboard.insertText('# more\n');
    await page.keyboard.press('Control+s');
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.pressSequentially('why');
    await page.keyboard.press('Control+z');
    await expect.poll(() => note.inputValue()).not.toBe('why');
    await page.getByRole('button', { name: 'Go on editing' }).click();
    expect(await yamlText()).toContain('# more');
    await page.keyboard.press('Control+z');
    await expect.poll(yamlText).not.toContain('# more');
  });

  test('is saved once, however long Ctrl-Enter is held', async () => {
    await begin('held');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('# more\n');
    const answered = Promise.withResolvers<void>();
    let saves = 0;
    await page.route('**/api/v1/apply', async (route) => {
      saves++;
      await answered.promise;
      await route.continue();
    });
    await page.keyboard.press('Control+s');
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.press('Control+Enter');
    await expect.poll(() => saves).toBe(1);
    await note.press('Control+Enter');
    await page.getByRole('button', { name: 'Go on editing' }).click();
    await page.keyboard.press('Control+s');
    await note.press('Control+Enter');
    answered.resolve();
    await page.getByText('Saved as version 2.').waitFor();
    expect(saves).toBe(1);
  });

  test('begins from the newest version, where the page has read an older one before', async () => {
    let reads = 0;
    page.on('response', (answer) => {
      if (answer.url().endsWith('/definitions/Pipeline/read-before')) reads++;
    });
    await begin('read-before');
    expect(reads).toBe(1);
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    await applied('read-before', `${commented}# newer\n`);
    await page.goBack();
    await page.locator('.cm-content').waitFor();
    expect(await yamlText()).toContain('# newer');
    await page.getByText('version 2', { exact: true }).waitFor();
  });

  test('of two editors the second is shown the difference, and nothing is overwritten', async () => {
    await begin('both');
    const other = await context.newPage();
    await other.goto(`${server.url}/pipelines/both/edit`);
    await other.locator('.cm-content').click();
    await other.keyboard.press('Control+End');
    await other.keyboard.insertText('# theirs\n');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await other.getByRole('button', { name: 'Save version' }).click();
    await other.getByText('Saved as version 2.').waitFor();
    await other.close();

    await page.locator('.cm-content').click();
    await page.keyboard.insertText('# mine\n');
    await saveVersion('Save', 'mine');
    const difference = page.getByRole('dialog', { name: 'Version 2 of both was saved meanwhile' });
    await difference.getByText('# theirs').waitFor();
    await difference.getByText('# mine').waitFor();
    expect((await saved('both')).source).not.toContain('# mine');
    await difference.getByRole('button', { name: 'Keep editing mine, on top of theirs' }).click();
    expect(await yamlText()).toContain('# mine');
    await saveVersion('Save', 'mine after all');
    await page.getByText('Saved as version 3.').waitFor();
    expect(await saved('both')).toMatchObject({ version: 3, source: expect.stringContaining('# mine') as unknown });
  });
});

test('what cannot be saved says why: without a name at its field, else each problem with its line', async () => {
  await page.goto(`${server.url}/pipelines/new`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('Give it a name.').waitFor();
  expect(await field('Name').evaluate(isFocused)).toBe(true);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await field('Name').fill('nothing-in-it');
  await expect.poll(() => page.getByText('Give it a name.').count()).toBe(0);
  await saveVersion('Save', '');
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.getByText('Line 1, jobs: jobs is missing. It is a list.').waitFor();
  await page.getByRole('button', { name: 'Go on editing' }).click();
});

test('one Job is tried with sample values, and nothing is saved', async () => {
  await begin(
    'tried',
    `kind: Pipeline
name: ship
parameters: [{ name: whom, type: string }]
jobs:
  - name: plan
    actions: [{ set: { changes: 1 } }]
  - name: apply
    requires: [plan]
    actions:
      - run: echo "$WHOM gets $CHANGES"
        environ: { WHOM: '\${{ pipeline.parameters.whom }}', CHANGES: '\${{ job.plan.output.changes }}' }
`,
  );
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('# not saved\n');
  await node('apply').getByRole('button').click();
  await page.getByRole('button', { name: 'Try this Job', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Try apply' });
  await panel.getByLabel('whom').fill('Ada');
  await panel.getByRole('group', { name: 'plan' }).getByLabel('Output').fill('changes: 7');
  await panel.getByRole('button', { name: 'Run this Job' }).click();
  await panel.getByText('Ada gets 7').waitFor({ timeout: 60_000 });
  await panel.getByRole('status').getByText('Succeeded').waitFor({ timeout: 60_000 });
  // To download is not to leave, though something is not saved.
  const download = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'Download the log' }).click();
  await download;
  expect((await saved('tried')).version).toBe(1);
  const runs = await page.request.get(`${server.url}/api/v1/runs?pipeline=tried`);
  expect(await runs.json()).toMatchObject({ items: [] });
});

test('a Job that runs after a failure, and reads what began the run, is tried with both', async () => {
  await begin(
    'tried-after-failure',
    `kind: Pipeline
name: ship
jobs:
  - name: plan
    actions: [{ run: 'true' }]
  - name: tell
    requires: [plan]
    when: failure
    actions:
      - run: echo "$BRANCH by $SENDER broke"
        environ: { BRANCH: '\${{ trigger.branch }}', SENDER: '\${{ trigger.payload.sender }}' }
`,
  );
  await node('plan').getByRole('button').click();
  await page.getByRole('button', { name: 'Try this Job', exact: true }).click();
  const trigger = page.getByRole('dialog').getByRole('textbox', { name: 'Trigger' });
  await page.getByRole('dialog', { name: 'Try plan' }).getByRole('button', { name: 'Run this Job' }).waitFor();
  expect(await trigger.count()).toBe(0);
  await page.keyboard.press('Escape');
  await node('tell').getByRole('button').click();
  await page.getByRole('button', { name: 'Try this Job', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Try tell' });
  await panel.getByRole('button', { name: 'Fill in an example' }).click();
  expect(await trigger.inputValue()).toBe('branch: main\npayload:\n  sender: sample');
  await trigger.fill('main');
  await panel.getByText('Give fields with values').waitFor();
  await panel.getByRole('button', { name: 'Run this Job' }).click();
  await trigger.fill('{ "branch": "main", "payload": { "sender": "Ada" } }');
  expect(await panel.getByRole('region', { name: 'Result of the try' }).count()).toBe(0);
  await panel.getByRole('group', { name: 'plan' }).getByLabel('Status').selectOption('Failed');
  expect(await seriousFaults(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Run this Job' }).click();
  await panel.getByText('main by Ada broke').waitFor({ timeout: 60_000 });
});

test('a tried run that cannot be read, and a Stop that is refused, say why', async () => {
  // What the page has of the run is then only what it asks for.
  await page.routeWebSocket('**/api/v1/live', () => {});
  const refuse = (status: number, detail: string) => async (route: Route) => {
    await route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ detail }) });
  };
  await page.route(/\/runs\/[^/]+$/, refuse(403, 'This run is not yours to see.'));
  await page.route(/\/runs\/[^/]+\/stop$/, refuse(409, 'This run cannot be stopped.'));
  await begin('untried', 'name: ship\njobs: [{ name: rest, actions: [{ run: sleep 60 }] }]\n');
  await node('rest').getByRole('button').click();
  await page.getByRole('button', { name: 'Try this Job', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Try rest' });
  await panel.getByRole('button', { name: 'Run this Job' }).click();
  await panel.getByRole('alert').getByText('This run is not yours to see.').waitFor();
  await page.unroute(/\/runs\/[^/]+$/);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await panel.getByRole('button', { name: 'Stop', exact: true }).click();
  await panel.getByRole('alert').getByText('This run cannot be stopped.').waitFor();
  await page.unroute(/\/runs\/[^/]+\/stop$/);
  const stopped = page.waitForResponse((answer) => answer.url().endsWith('/stop') && answer.ok());
  await panel.getByRole('button', { name: 'Stop', exact: true }).click();
  await stopped;
});

test('an Action of a plugin is in the catalogue, has its form, and runs', async () => {
  await page.goto(`${server.url}/pipelines/new`);
  await field('Name').fill('greeting');
  await page.getByRole('button', { name: 'New Job' }).click();
  await page.getByRole('combobox', { name: 'Search' }).fill('greet');
  await page.getByRole('option', { name: /Greet somebody/ }).click();
  await field('Whom would you like to greet?').fill('Ada');
  await form().getByRole('button', { name: 'manner' }).click();
  await form().getByLabel('Manner', { exact: true }).selectOption('loud');
  await form().getByRole('button', { name: 'times' }).click();
  await field('Times').fill('9');
  await form().getByText('this is too large: at most 5').waitFor();
  await field('Times').fill('2');
  await expect.poll(yamlText).toContain('greet: { whom: Ada, manner: loud, times: 2 }');
  await saveVersion('Save', '');
  await page.getByRole('link', { name: 'Run it' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await status('Succeeded');
  await page.getByText('HELLO ADA').first().waitFor();
});

const sized = `kind: Pipeline
name: ship
parameters: [{ name: a-parameter-with-a-name-of-eighty-characters-which-is-as-long-as-somebody-may-do, type: string }]
jobs:
  - name: container
    type: container
    image: alpine:latest
    command: cat /etc/os-release
    actions:
      - name: report_error
        slack: { channel: '#notifications', message: It broke }
  - name: another-with-a-name-of-eighty-characters-which-is-as-long-as-somebody-may-do-it
    requires: [container]
    actions: [{ run: 'true' }]
`;

describe('at every size', () => {
  test.each([
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'at %i px, %s, the editor has no serious fault and does not scroll sideways',
    async (width, colorScheme) => {
      await begin('sized', sized);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      for (const path of ['/pipelines/new', '/pipelines/sized/edit', '/edit/Engine']) {
        await page.goto(server.url + path);
        await page.locator('.cm-content').waitFor({ state: 'attached' });
        if (path.includes('sized')) {
          await form()
            .getByRole('button', { name: /^container/ })
            .click();
          await form()
            .getByRole('button', { name: /^report_error/ })
            .click();
        }
        expect({ path, faults: await seriousFaults(page) }).toEqual({ path, faults: [] });
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect({ path, beyond }).toEqual({ path, beyond: 0 });
      }
      if (width === 390) {
        await page.goto(`${server.url}/pipelines/sized/edit`);
        await page.getByText('YAML', { exact: true }).click();
        await page.getByRole('textbox', { name: 'YAML' }).waitFor();
      }
    },
  );
});
