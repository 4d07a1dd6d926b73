import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NotificationItem } from '../../core/api/notifications.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { runWorkflowId } from '../../core/keys.ts';
import type { Status } from '../../core/status.ts';
import { createNotifications } from '../../platform/notifications/index.ts';
import { createRunStates } from '../../platform/run-state/index.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { createSendMessage } from '../../workers/control/send-message.ts';
import { createSetting, type Setting, url } from '../api/setting.ts';
import { type Mail, mailReceiver, type SlackPost, slackApi, slackReceiver } from './receivers.ts';

let setting: Setting;
let posts: SlackPost[];
let mails: Mail[];
let sendDue: () => Promise<number>;
const answer: { status: number | undefined } = { status: 200 };

beforeAll(async () => {
  setting = await createSetting({ temporal: true });
  const slack = await slackReceiver(answer);
  const mail = await mailReceiver();
  posts = slack.got;
  mails = mail.got;
  const send = createSendMessage({
    PALVELLA_SLACK_URL: slack.url,
    PALVELLA_SMTP_URL: mail.url,
    PALVELLA_SMTP_FROM: 'palvella@example.com',
    PALVELLA_ALLOWED_ADDRESSES: '127.0.0.1',
  });
  sendDue = () => createNotifications({ pool: setting.db.pool, url }).sendDue(send);
});
beforeEach(async () => {
  answer.status = 200;
  await setting.db.pool.query('delete from notifications');
  posts.length = 0;
  mails.length = 0;
});

const pipeline = (name: string, notify: string, parameters = '') =>
  setting.apply(
    `kind: Pipeline\nname: ${name}\n${parameters}notify: ${notify}\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`,
  );

/** Starts a run, and ends it as its workflow does. */
async function ended(name: string, status: Status, reason: string | null = null, parameters = {}) {
  const run = (await setting.call<RunSummary>('POST', `/pipelines/${name}/runs`, { parameters })).body;
  await end(run.id, status, reason);
  return run;
}

async function end(runId: string, status: Status, reason: string | null) {
  const at = new Date().toISOString();
  await createRunStates(setting.db).close({ runId, seq: 50, status, reason, startedAt: at, endedAt: at, jobs: [] });
}

const listed = async (run: RunSummary) =>
  (await setting.call<{ items: NotificationItem[] }>('GET', `/runs/${run.id}/notifications`)).body.items;

describe('notify of a Pipeline', () => {
  test('tells of failures and of the first success after one, by Slack and e-mail, with a link', async () => {
    await pipeline('usual', `[{ slack: { channel: '#ops' }, email: { to: [a@example.com, b@example.com] } }]`);
    const first = await ended('usual', 'succeeded');
    const failed = await ended('usual', 'errored', 'Worker lost');
    await ended('usual', 'stopped');
    const fixed = await ended('usual', 'succeeded');
    await ended('usual', 'succeeded');
    expect(await listed(first)).toEqual([]);
    while ((await sendDue()) > 0);
    const link = (run: RunSummary) => `<${url}/runs/usual/${run.number}|usual #${run.number}>`;
    expect(posts.map(({ text }) => text).sort()).toEqual([
      `${link(failed)} has failed\nWorker lost.\nStarted by local/admin.`,
      `${link(fixed)} is fixed\nStarted by local/admin.`,
    ]);
    expect(posts[0]?.channel).toBe('#ops');
    const [mail] = mails.filter(({ raw }) => raw.includes('has failed'));
    expect(mail?.to).toEqual(['a@example.com', 'b@example.com']);
    expect(mail?.raw).toMatch(new RegExp(`Subject: usual #${failed.number} has failed[\\s\\S]*${failed.url}`));
    expect(await listed(failed)).toMatchObject([
      { event: 'failed', by: 'slack', to: '#ops', state: 'sent', error: null },
      { event: 'failed', by: 'email', to: 'a@example.com, b@example.com', state: 'sent' },
    ]);
  });

  test('a message says what its template computes; only its author can call people or make links', async () => {
    await pipeline(
      'templated',
      `[{ on: [failed], slack: { channel: '#ops', message: '<!here> \${{ run.pipeline }} on \${{ pipeline.parameters.where }}: \${{ run.reason }} \${{ run.status }} \${{ pipeline.parameters.token }}' },
         email: { to: a@example.com, subject: 'Broken: \${{ run.reason }}', text: 'See \${{ run.url }}' } }]`,
      'parameters: [{ name: where, type: string }, { name: token, type: string, secret: true }]\n',
    );
    const where = '<!channel> <http://evil|x> & y';
    await ended('templated', 'failed', 'first\r\nBcc: evil@example.com', { where, token: 'hunter2' });
    await sendDue();
    expect(posts[0]?.text).toContain(
      '<!here> templated on &lt;!channel&gt; &lt;http://evil|x&gt; &amp; y: first\r\nBcc: evil@example.com failed ***',
    );
    expect(mails[0]?.raw).toMatch(/^Subject: Broken: first Bcc: evil@example.com/m);
    expect(mails[0]?.raw).not.toMatch(/^Bcc:/im);
    expect(mails[0]?.to).toEqual(['a@example.com']);
    expect(JSON.stringify([posts, mails])).not.toContain('hunter2');
  });

  test('an expression that comes to nothing is said where the message is listed', async () => {
    await pipeline(
      'odd',
      `[{ on: [failed], slack: { channel: '#ops', message: '\${{ pipeline.parameters.n / 0 }}' } }]`,
      'parameters: [{ name: n, type: number, default: 1 }]\n',
    );
    const run = await ended('odd', 'failed');
    await sendDue();
    expect(await listed(run)).toMatchObject([{ state: 'waiting', attempts: 1, error: expect.stringContaining('/ 0') }]);
  });

  test('tells also of a run that Temporal refuses, as another server has its name there', async () => {
    await pipeline('refused', `[{ on: [failed], slack: { channel: '#ops' } }]`);
    const { client, close } = openTemporal({ address: setting.temporalAddress, namespace: 'default' });
    const workflowId = runWorkflowId('refused', 1);
    await client.workflow.start('pipelineRun', { taskQueue: 'control', workflowId, args: [{ runId: 'another' }] });
    await close();
    const run = (await setting.call<RunSummary>('POST', '/pipelines/refused/runs', {})).body;
    expect(await listed(run)).toMatchObject([{ event: 'failed', by: 'slack', to: '#ops' }]);
    await sendDue();
    expect(posts[0]?.text).toContain('TEMPORAL_NAMESPACE');
  });

  test('is told once however often the end is written', async () => {
    await pipeline('once', `[{ on: [failed, succeeded], slack: { channel: '#ops' } }]`);
    const run = await ended('once', 'failed');
    await Promise.all([end(run.id, 'failed', null), end(run.id, 'succeeded', null)]);
    expect(await listed(run)).toHaveLength(1);
  });
});

describe('what cannot be sent', () => {
  test('is tried again later, its error in sight, and goes out once it can', async () => {
    await pipeline('down', `[{ on: [failed], slack: { channel: '#ops' } }]`);
    answer.status = 404;
    const run = await ended('down', 'failed');
    expect(await sendDue()).toBe(1);
    expect(await sendDue()).toBe(0);
    const [item] = await listed(run);
    expect(item).toMatchObject({ state: 'waiting', attempts: 1, error: 'Slack answered 404: no_such_channel' });
    expect(Date.parse(item?.dueAt ?? '')).toBeGreaterThan(Date.now());
    answer.status = 200;
    await setting.db.pool.query(`update notifications set "dueAt" = now() - interval '1 second'`);
    expect(await sendDue()).toBe(1);
    expect(await listed(run)).toMatchObject([{ state: 'sent', attempts: 2, error: null }]);
  });

  test('with a token goes to the channel that it names; what Slack refuses is said, and its pause is kept', async () => {
    const api = await slackApi('xoxb-right', { '#ops': 'joined' });
    const send = createSendMessage({
      PALVELLA_SLACK_TOKEN: 'xoxb-right',
      PALVELLA_SLACK_API_URL: api.url,
      PALVELLA_ALLOWED_ADDRESSES: '127.0.0.1',
    });
    await pipeline('chosen', `[{ slack: { channel: '#ops' } }, { slack: { channel: '#elsewhere' } }]`);
    const run = await ended('chosen', 'failed');
    const { sendDue } = createNotifications({ pool: setting.db.pool, url });
    await sendDue(send);
    expect(api.got.map(({ channel }) => channel)).toEqual(['#ops']);
    expect(await listed(run)).toMatchObject([
      { to: '#ops', state: 'sent' },
      { to: '#elsewhere', state: 'waiting', error: expect.stringContaining('channel_not_found') },
    ]);
    api.state.busy = 3600;
    await setting.db.pool.query(`update notifications set "dueAt" = now() - interval '1 second'`);
    const before = Date.now();
    await sendDue(send);
    expect(Date.parse((await listed(run))[1]?.dueAt ?? '') - before).toBeGreaterThan(3_500_000);
  });

  test('is given up in the end', async () => {
    await pipeline('gone', `[{ on: [failed], slack: { channel: '#ops' } }]`);
    answer.status = 500;
    const run = await ended('gone', 'failed');
    await setting.db.pool.query('update notifications set attempts = 17');
    await sendDue();
    expect(await listed(run)).toMatchObject([{ state: 'failed', attempts: 18 }]);
  });

  test('for want of settings says which', async () => {
    await pipeline('unset', `[{ on: [failed], slack: { channel: '#ops' }, email: { to: a@example.com } }]`);
    const run = await ended('unset', 'failed');
    await createNotifications({ pool: setting.db.pool, url }).sendDue(createSendMessage({}));
    expect((await listed(run)).map(({ error }) => error)).toEqual([
      expect.stringContaining('PALVELLA_SLACK_URL'),
      expect.stringContaining('PALVELLA_SMTP_URL'),
    ]);
  });

  test('to a private address goes nowhere', async () => {
    await pipeline('inside', `[{ on: [failed], slack: { channel: '#ops' } }]`);
    const run = await ended('inside', 'failed');
    const send = createSendMessage({ PALVELLA_SLACK_URL: 'http://169.254.169.254/latest' });
    await createNotifications({ pool: setting.db.pool, url }).sendDue(send);
    expect(await listed(run)).toMatchObject([
      { state: 'waiting', error: expect.stringContaining('not a public address') },
    ]);
    expect(posts).toEqual([]);
  });
});

test('of several senders one sends; what a dead one had taken is sent by another in time', async () => {
  await pipeline('dead', `[{ on: [failed], slack: { channel: '#ops' } }]`);
  const run = await ended('dead', 'failed');
  const dead = createNotifications({ pool: setting.db.pool, url });
  void dead.sendDue(() => new Promise(() => {}));
  await expect.poll(() => listed(run)).toMatchObject([{ attempts: 1 }]);
  expect(await sendDue()).toBe(0);
  await setting.db.pool.query(`update notifications set "dueAt" = now() - interval '1 second'`);
  const tried = await Promise.all([sendDue(), sendDue(), sendDue()]);
  expect(tried.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(posts).toHaveLength(1);
});
