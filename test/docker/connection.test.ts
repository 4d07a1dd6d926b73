import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectTcp, createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { connect } from '../../plugins/engine-docker/connection.ts';
import { dockerForTests } from '../support/docker.ts';

let socket = '';
const before = { ...process.env };
const open: { close(): unknown }[] = [];
beforeAll(async () => {
  socket = new URL(await dockerForTests()).pathname;
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
  for (const name of Object.keys(process.env)) if (name.startsWith('DOCKER_')) delete process.env[name];
  Object.assign(process.env, before);
});

async function portOf(server: Server | ReturnType<typeof createTcp>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** The daemon at a TCP port. */
function daemonAtTcp(): Promise<number> {
  return portOf(
    createTcp((client) =>
      client
        .pipe(connectTcp(socket))
        .on('error', () => undefined)
        .pipe(client)
        .on('error', () => undefined),
    ),
  );
}

test('a daemon at TCP is reached, by way of a proxy where one is set and the host is not exempt', async () => {
  const port = await daemonAtTcp();
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, client) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
    const there = connectTcp(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      there.pipe(client).pipe(there);
    });
  });
  const http_proxy = `http://user:secret@127.0.0.1:${await portOf(proxy)}`;
  const host = `tcp://127.0.0.1:${port}`;
  const version = async (proxies: object) => (await (await connect({ host }, proxies)).docker.version()).Version;
  expect(await version({})).toMatch(/^\d+\./);
  expect(asked).toEqual([]);
  expect(await version({ http_proxy, no_proxy: 'localhost,127.0.0.1' })).toMatch(/^\d+\./);
  expect(asked).toEqual([]);
  expect(await version({ http_proxy, no_proxy: 'example.com' })).toMatch(/^\d+\./);
  expect(asked).toEqual([`127.0.0.1:${port} Basic ${Buffer.from('user:secret').toString('base64')}`]);
});

test('a daemon with TLS is reached with the certificates that the environment names, and not without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palvella-tls-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'san'), 'subjectAltName=IP:127.0.0.1');
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=ca',
  );
  for (const name of ['server', 'client']) {
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}-key.pem`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
    );
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca-key.pem',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      'san',
      '-out',
      `${name}-cert.pem`,
    );
  }
  openssl('rsa', '-in', 'client-key.pem', '-out', 'key.pem');
  openssl('x509', '-in', 'client-cert.pem', '-out', 'cert.pem');
  const { readFileSync } = await import('node:fs');
  const read = (name: string) => readFileSync(join(folder, name));
  const secure = createTls(
    {
      key: read('server-key.pem'),
      cert: read('server-cert.pem'),
      ca: read('ca.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (client) =>
      client
        .pipe(connectTcp(socket))
        .on('error', () => undefined)
        .pipe(client)
        .on('error', () => undefined),
  );
  secure.on('tlsClientError', () => undefined);
  const port = await portOf(secure);
  process.env['DOCKER_HOST'] = `tcp://127.0.0.1:${port}`;
  await expect((await connect({})).docker.version()).rejects.toThrow();
  process.env['DOCKER_TLS_VERIFY'] = '1';
  process.env['DOCKER_CERT_PATH'] = join(folder, 'nothing');
  await expect(connect({})).rejects.toMatchObject({ code: 'engine_refused' });
  process.env['DOCKER_CERT_PATH'] = folder;
  expect((await (await connect({})).docker.version()).Version).toMatch(/^\d+\./);
  rmSync(folder, { recursive: true, force: true });
});
