import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { slackApi } from '../../test/notifications/receivers.ts';
import { plugin } from './index.ts';

let received: unknown[] = [];
const server = createServer((request, response) => {
  void json(request).then((body) => {
    received.push(body);
    response.writeHead(request.url === '/bad' ? 404 : 200).end(request.url === '/bad' ? 'channel_not_found' : 'ok');
  });
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const input = { channel: '#notifications', message: 'did not match <3.18.0>' };

describe('slack through a webhook', () => {
  test('sends channel and message to the address of the Worker, or to that of the Action', async () => {
    received = [];
    const { context } = await contextFor({ allowed: '127.0.0.1', settings: { slack_url: `${base}/worker` } });
    expect(await plugin.execute(context, input)).toMatchObject({ status: 'succeeded' });
    expect(await plugin.execute(context, { ...input, url: `${base}/own` })).toMatchObject({ status: 'succeeded' });
    expect(received).toEqual([
      { channel: '#notifications', text: 'did not match <3.18.0>' },
      { channel: '#notifications', text: 'did not match <3.18.0>' },
    ]);
  });

  test('fails with what Slack says', async () => {
    const { context } = await contextFor({ allowed: '127.0.0.1' });
    const outcome = await plugin.execute(context, { ...input, url: `${base}/bad` });
    expect(outcome).toEqual({ status: 'failed', reason: 'Slack answered 404: channel_not_found' });
  });

  test('without a token or an address it says where to give one; to a private one it does not go', async () => {
    const { context } = await contextFor();
    await expect(plugin.execute(context, input)).rejects.toMatchObject({
      remedy: expect.stringContaining('PALVELLA_SLACK_URL'),
    });
    await expect(plugin.execute(context, { ...input, url: base })).rejects.toMatchObject({ code: 'address_refused' });
  });
});

describe('slack with a token', () => {
  let api: Awaited<ReturnType<typeof slackApi>>;
  beforeAll(async () => {
    api = await slackApi('xoxb-right', { '#a': 'joined', '#b': 'joined', '#other': 'not joined' });
  });
  const withToken = (slack_token: string, more = {}) =>
    contextFor({ allowed: '127.0.0.1', settings: { slack_token, slack_api_url: api.url, ...more } });

  test('reaches the channel that it names, by the token of the Worker before its webhook, or by that of the Action', async () => {
    received = [];
    const { context } = await withToken('xoxb-right\n', { slack_url: `${base}/worker` });
    expect(await plugin.execute(context, { channel: '#a', message: 'one' })).toEqual({ status: 'succeeded' });
    const other = await withToken('xoxb-wrong');
    const own = { channel: '#b', message: 'two', token: 'xoxb-right' };
    expect(await plugin.execute(other.context, own)).toEqual({ status: 'succeeded' });
    expect(api.got).toEqual([
      { channel: '#a', text: 'one' },
      { channel: '#b', text: 'two' },
    ]);
    expect(received).toEqual([]);
  });

  test('an address in the Action gets no token of the Worker', async () => {
    const { context } = await withToken('xoxb-right');
    const before = api.got.length;
    await plugin.execute(context, { channel: '#a', message: 'x', url: `${api.url}/chat.postMessage` });
    expect(api.got).toHaveLength(before);
  });

  test.each([
    ['xoxb-right', '#none', 'channel_not_found', 'no channel #none that the app may see'],
    ['xoxb-right', '#other', 'not_in_channel', 'Invite the app to #other'],
    ['xoxb-wrong', '#a', 'invalid_auth', 'Give the bot token'],
  ])('what Slack refuses in a 200 fails: %s to %s', async (token, channel, error, remedy) => {
    const { context } = await withToken(token);
    const { status, reason } = await plugin.execute(context, { channel, message: 'x' });
    expect(status).toBe('failed');
    expect(reason).toContain(`Slack refused it: ${error}. `);
    expect(reason).toContain(remedy);
  });

  test('waits where Slack asks for it, unless for long', async () => {
    const { context, said } = await withToken('xoxb-right');
    api.state.busy = 1;
    expect(await plugin.execute(context, { channel: '#a', message: 'later' })).toEqual({ status: 'succeeded' });
    expect(api.got.at(-1)?.text).toBe('later');
    expect(said).toContainEqual(['system', 'Slack takes no more messages for 1 s.']);
    api.state.busy = 3600;
    expect(await plugin.execute(context, { channel: '#a', message: 'x' })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('429'),
    });
  });

  test('what is not Slack’s API, and what is no token, is said without the token', async () => {
    const { context } = await withToken('xoxb-right', { slack_api_url: `${base}/none` });
    expect(await plugin.execute(context, input)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('PALVELLA_SLACK_API_URL'),
    });
    const refused = plugin.execute(context, { ...input, token: 'xoxb-r\u2026ght' });
    await expect(refused).rejects.toMatchObject({ message: 'the Slack token is not one' });
  });
});
