import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { type Client, createClient } from './client.ts';
import { connection } from './connection.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  vi.unstubAllEnvs();
});

async function clientOf(answer: RequestListener): Promise<Client> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((done) => server?.once('listening', done));
  return createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'plv_x' });
}

test.each(['localhost', 'localhost:4600', 'ftp://localhost'])(
  'PALVELLA_URL=%s is refused with what to write',
  (url) => {
    vi.stubEnv('PALVELLA_URL', url);
    expect(() => connection({ dataDir: '/nowhere' })).toThrow(
      expect.objectContaining({
        exitStatus: 2,
        message: `PALVELLA_URL is ${url}, which is no address of a server. Write it with http:// or https://, as http://localhost:4600.`,
      }),
    );
  },
);

test('an empty PALVELLA_URL is none', () => {
  vi.stubEnv('PALVELLA_URL', '');
  expect(() => connection({ dataDir: '/nowhere' })).toThrow(/^No server is known/);
});

test.each([200, 502])('a page with status %i is said to be no answer of Palvella', async (status) => {
  const type = status === 200 ? 'text/html' : 'application/problem+json';
  const client = await clientOf((_, response) =>
    response.writeHead(status, { 'content-type': type }).end('<!doctype html>'),
  );
  const failure = {
    exitStatus: 3,
    message: expect.stringContaining(`it sent ${type} instead of JSON. Is PALVELLA_URL`),
  };
  await expect(client.get('/runs')).rejects.toMatchObject(failure);
  await expect(client.post('/apply')).rejects.toMatchObject(failure);
});

test('a body that breaks off: status 3 and one line, read whole or as it arrives', async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"items": [');
    setTimeout(() => response.destroy(), 50);
  });
  const failure = { exitStatus: 3, message: expect.stringMatching(/^The server at \S+ broke off its answer: .+\.$/) };
  await expect(client.get('/runs')).rejects.toMatchObject(failure);
  await expect(client.text('/log').then(text)).rejects.toMatchObject(failure);
});
