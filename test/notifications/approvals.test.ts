import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NotificationItem } from '../../core/api/notifications.ts';
import { createNotifications } from '../../platform/notifications/index.ts';
import { createSendMessage } from '../../workers/control/send-message.ts';
import { url } from '../api/setting.ts';
import { type ApprovalSetting, createApprovalSetting, person } from '../approvals/setting.ts';
import { type Mail, mailReceiver, type SlackPost, slackReceiver } from './receivers.ts';

let setting: ApprovalSetting;
let posts: SlackPost[];
let mails: Mail[];
let sendDue: () => Promise<number>;

beforeAll(async () => {
  setting = await createApprovalSetting();
  const slack = await slackReceiver({ status: 200 });
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
  await setting.db.pool.query('delete from notifications');
  await setting.newRun();
  posts.length = 0;
  mails.length = 0;
});

const notify = [{ slack: { channel: '#ops' } }, { email: { to: 'a@example.com' } }];
const pass = (what: 'remindAt' | 'escalateAt', interval: string) =>
  setting.db.pool.query(`update approvals set "${what}" = "${what}" - $1::interval where state = 'pending'`, [
    interval,
  ]);
const events = async () =>
  (await setting.call<{ items: NotificationItem[] }>('GET', `/runs/${setting.run().id}/notifications`)).body.items.map(
    ({ event, to }) => `${event} ${to}`,
  );

describe('an approval', () => {
  test('is told of where the Action says, with what is asked and a link, once however often it is asked', async () => {
    await Promise.all([setting.ask({ notify }), setting.ask({ notify })]);
    await sendDue();
    const { number } = setting.run();
    expect(posts).toEqual([
      {
        channel: '#ops',
        text: `<${url}/runs/held/${number}|held #${number}> waits for approval\nGo on?\nAsked of administrator.`,
      },
    ]);
    expect(mails[0]?.raw).toMatch(
      new RegExp(`Subject: held #${number} waits for approval[\\s\\S]*Go on\\?[\\s\\S]*http`),
    );
    expect(mails).toHaveLength(1);
  });

  test('says what the Action computed, as text, with the link', async () => {
    await setting.ask({ notify: [{ slack: { channel: '#ops', message: '<!channel> 2 to add' } }] });
    await sendDue();
    expect(posts[0]?.text).toMatch(/^&lt;!channel&gt; 2 to add\n<http/);
  });

  test('is told of as its Pipeline says where the Action says nothing', async () => {
    await setting.apply(`kind: Pipeline
name: told
notify: [{ on: [waiting], slack: { channel: '#all', message: '\${{ run.reason }}' } }, { slack: { channel: '#failures' } }]
jobs: [{ name: a, actions: [{ run: 'true' }] }]
`);
    const run = (await setting.call<{ id: string }>('POST', '/pipelines/told/runs', {})).body;
    const item = await setting.ask({ remind: '4h', escalate: { after: '1d' } }, { runId: run.id });
    expect(item).toMatchObject({ remindTo: ['#all'], escalateTo: ['#all'] });
    await sendDue();
    expect(posts).toMatchObject([{ channel: '#all', text: expect.stringMatching(/^Go on\?/) }]);
    await setting.decide(item, person('local/a'));
  });

  test('is reminded of again and again until it is decided; what was missed comes once', async () => {
    const item = await setting.ask({ notify: notify.slice(0, 1), remind: '4h' });
    const hours = ({ askedAt, remindAt }: typeof item) =>
      (Date.parse(remindAt ?? '') - Date.parse(askedAt)) / 3_600_000;
    expect(item).toMatchObject({ remindTo: ['#ops'], escalateAt: null, escalateTo: [] });
    expect(hours(item)).toBeCloseTo(4, 3);
    expect(await setting.services.approvals.remind()).toBe(0);
    await pass('remindAt', '4 hours');
    expect(await setting.services.approvals.remind()).toBe(1);
    expect(await setting.services.approvals.remind()).toBe(0);
    await pass('remindAt', '3 days');
    await Promise.all([setting.services.approvals.remind(), setting.services.approvals.remind()]);
    expect(await events()).toEqual(['waiting #ops', 'reminder #ops', 'reminder #ops']);
    await sendDue();
    expect(posts.map(({ text }) => text.split('\n')[0]?.split('> ')[1])).toEqual(
      expect.arrayContaining(['waits for approval', 'still waits for approval', 'still waits for approval']),
    );
    expect(hours(await setting.item(item.id))).toBeCloseTo(4, 1);
    expect(await setting.decide(item, person('local/a'))).toMatchObject({ remindAt: null, remindTo: [] });
    await pass('remindAt', '3 days');
    expect(await setting.services.approvals.remind()).toBe(0);
  });

  test('is escalated once: others may decide, too, and are told', async () => {
    const escalate = { after: '1d', roles: ['director'], notify: [{ email: { to: 'boss@example.com' } }] };
    const item = await setting.ask({ notify, escalate }, { roles: ['release'], quorum: 2 });
    const outlook = { escalateRoles: ['director'], escalateTo: ['boss@example.com'], remindAt: null };
    expect(item).toMatchObject({ ...outlook, escalateAt: expect.any(String) });
    await setting.decide(item, person('local/r', 'release'));
    await expect(setting.decide(item, person('local/d', 'director'))).rejects.toMatchObject({ code: 'forbidden' });
    await pass('escalateAt', '1 day');
    expect(await setting.services.approvals.remind()).toBe(1);
    expect(await setting.services.approvals.remind()).toBe(0);
    expect(await events()).toEqual(['waiting #ops', 'waiting a@example.com', 'escalated boss@example.com']);
    await sendDue();
    expect(await setting.item(item.id)).toMatchObject({ escalateAt: null, escalateRoles: [], escalateTo: [] });
    const toBoss = mails.find(({ to }) => to.includes('boss@example.com'));
    expect(toBoss?.raw).toContain('Asked of director or release.');
    // Who may decide is not what is decided on: what was said before still counts.
    expect((await setting.decide(item, person('local/d', 'director'))).state).toBe('approved');
  });

  test('that was decided before the message went out is not told of any more', async () => {
    const item = await setting.ask({ notify });
    await setting.decide(item, person('local/a'));
    await sendDue();
    expect([posts, mails]).toEqual([[], []]);
  });
});
