import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { plugin } from './index.ts';
import { manifest } from './manifest.ts';

let seen: { method: string | undefined; headers: IncomingHttpHeaders; body: string };
const server = createServer((request, response) => {
  void text(request).then((body) => {
    seen = { method: request.method, headers: request.headers, body };
    const [, status = '200', kind = 'text'] = request.url?.split('/') ?? [];
    if (kind === 'large') response.end('x'.repeat(1_100_000));
    else if (kind === 'json')
      response.writeHead(Number(status), { 'content-type': 'application/json' }).end('{"a":[1]}');
    else response.writeHead(Number(status)).end(kind);
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

const execute = async (input: object) => {
  const { context } = await contextFor({ allowed: '127.0.0.1' });
  return await plugin.execute(context, manifest.input.parse(input));
};

describe('http', () => {
  test('gives status, headers and body as output, a JSON body parsed', async () => {
    expect(await execute({ url: `${base}/200/hello` })).toMatchObject({
      status: 'succeeded',
      output: { status: 200, body: 'hello' },
    });
    expect(await execute({ url: `${base}/200/json` })).toMatchObject({ output: { body: { a: [1] } } });
  });

  test('sends text as it is and all else as JSON, with the headers asked for', async () => {
    await execute({ url: `${base}/200/x`, method: 'POST', body: { a: 1 }, headers: { 'x-mine': 'yes' } });
    expect(seen).toMatchObject({ method: 'POST', body: '{"a":1}' });
    expect(seen.headers).toMatchObject({ 'content-type': 'application/json', 'x-mine': 'yes' });
    await execute({ url: `${base}/200/x`, method: 'PUT', body: 'plain', headers: { 'Content-Type': 'text/csv' } });
    expect(seen).toMatchObject({ method: 'PUT', body: 'plain' });
    expect(seen.headers['content-type']).toBe('text/csv');
  });

  test('fails by the status of the answer, unless that is what was expected', async () => {
    expect(await execute({ url: `${base}/404/x` })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('404'),
    });
    expect(await execute({ url: `${base}/404/x`, expect_status: [404] })).toMatchObject({ status: 'succeeded' });
    expect(await execute({ url: `${base}/200/x`, expect_status: [201] })).toMatchObject({ status: 'failed' });
  });

  test('refuses what is not of the web, what is not public, and an answer without end', async () => {
    await expect(execute({ url: 'file:///etc/passwd' })).rejects.toMatchObject({ code: 'address_refused' });
    await expect(execute({ url: 'example.com' })).rejects.toMatchObject({ code: 'address_refused' });
    const { context } = await contextFor();
    const input = manifest.input.parse({ url: `${base}/200/x` });
    await expect(plugin.execute(context, input)).rejects.toMatchObject({ code: 'address_refused' });
    await expect(execute({ url: `${base}/200/large` })).rejects.toMatchObject({ code: 'too_large' });
  });
});
