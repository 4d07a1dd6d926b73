import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
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

describe('slack', () => {
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

  test('without an address it says where to give one; to a private one it does not go', async () => {
    const { context } = await contextFor();
    await expect(plugin.execute(context, input)).rejects.toMatchObject({
      remedy: expect.stringContaining('PALVELLA_SLACK_URL'),
    });
    await expect(plugin.execute(context, { ...input, url: base })).rejects.toMatchObject({ code: 'address_refused' });
  });
});
