import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { isAllowed, parseAllowed } from './addresses.ts';
import { createFetchGuard, type Resolve } from './fetch-guard.ts';

const nothing = parseAllowed('');

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'ff02::1',
    'not an address',
  ])('%s is refused', (address) => {
    expect(isAllowed('host', address, nothing)).toBe(false);
  });

  test.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])('%s is public', (address) => {
    expect(isAllowed('host', address, nothing)).toBe(true);
  });

  test('what the owner allows is allowed, by host, address and network, and nothing beside it', () => {
    const rules = parseAllowed('Intranet.example.com, 10.1.0.0/16,192.168.1.1, fd00::/8');
    expect(isAllowed('intranet.EXAMPLE.com', '192.168.9.9', rules)).toBe(true);
    expect(isAllowed('other.example.com', '192.168.9.9', rules)).toBe(false);
    expect(isAllowed('x', '10.1.200.1', rules)).toBe(true);
    expect(isAllowed('x', '10.2.0.1', rules)).toBe(false);
    expect(isAllowed('x', '192.168.1.1', rules)).toBe(true);
    expect(isAllowed('x', '192.168.1.2', rules)).toBe(false);
    expect(isAllowed('x', '::ffff:10.1.0.1', rules)).toBe(true);
    expect(isAllowed('x', 'fd12::1', rules)).toBe(true);
    expect(() => parseAllowed('10.0.0.0/99')).toThrow('not a network');
  });
});

describe('the fetch guard', () => {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    if (request.url?.startsWith('/to/') === true) {
      response.writeHead(302, { location: decodeURIComponent(request.url.slice(4)) }).end();
    } else response.end('inside');
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '0'])(
    'does not connect to %s, and says what to do',
    async (host) => {
      const guard = createFetchGuard(nothing);
      const before = hits;
      await expect(guard.fetch(`http://${host}:${port}/`)).rejects.toMatchObject({
        code: 'address_refused',
        remedy: expect.stringContaining('PALVELLA_ALLOWED_ADDRESSES'),
      });
      expect(hits).toBe(before);
      await guard.close();
    },
  );

  test('connects where the owner allows it', async () => {
    const guard = createFetchGuard(parseAllowed('127.0.0.1'));
    expect(await (await guard.fetch(`http://127.0.0.1:${port}/`)).text()).toBe('inside');
    await guard.close();
  });

  test('a redirect is no way around', async () => {
    const guard = createFetchGuard(parseAllowed('127.0.0.1/32'));
    const inside = encodeURIComponent(`http://127.0.0.2:${port}/`);
    await expect(guard.fetch(`http://127.0.0.1:${port}/to/${inside}`)).rejects.toMatchObject({
      code: 'address_refused',
    });
    await guard.close();
  });

  test('an address where nobody listens is unavailable, with the host but not the whole address', async () => {
    const guard = createFetchGuard(parseAllowed('127.0.0.1'));
    const failed = guard.fetch('http://127.0.0.1:1/secret-path');
    await expect(failed).rejects.toMatchObject({ code: 'unavailable' });
    await expect(failed).rejects.not.toThrow('secret-path');
    await guard.close();
  });
});

describe('a name whose address changes', () => {
  const hits = { open: 0, inside: 0 };
  const listen = (host: string, port: number, name: keyof typeof hits) => {
    const server = createServer((_, response) => {
      hits[name] += 1;
      response.writeHead(200, { connection: 'close' }).end(name);
    });
    onTestFinished(() => void server.close());
    return new Promise<number>((done) => server.listen(port, host, () => done((server.address() as AddressInfo).port)));
  };
  /** One answer a question; 127.0.0.2 is what may be reached. */
  const guardThatHears = (...answers: string[][]) => {
    const asked: string[] = [];
    const resolve: Resolve = (host, _, callback) => {
      asked.push(host);
      callback(
        null,
        (answers[asked.length - 1] ?? ['127.0.0.1']).map((address) => ({ address, family: 4 })),
      );
    };
    const guard = createFetchGuard(parseAllowed('127.0.0.2'), resolve);
    onTestFinished(() => guard.close());
    return { guard, asked };
  };

  test('is reached where it was checked, and not where it points a moment later', async () => {
    const port = await listen('127.0.0.1', 0, 'inside');
    await listen('127.0.0.2', port, 'open');
    const { guard, asked } = guardThatHears(['127.0.0.2'], ['127.0.0.1'], ['127.0.0.2', '127.0.0.1']);
    const url = `http://rebinds.example.com:${port}/`;
    expect(await (await guard.fetch(url)).text()).toBe('open');
    expect(asked).toEqual(['rebinds.example.com']);
    await expect(guard.fetch(url)).rejects.toMatchObject({ code: 'address_refused' });
    await expect(guard.fetch(url)).rejects.toMatchObject({ code: 'address_refused' });
    expect(asked).toHaveLength(3);
    expect(hits).toEqual({ open: 1, inside: 0 });
  });
});

test('an address with a password is refused, and not repeated', async () => {
  const guard = createFetchGuard(nothing);
  const error = await guard.fetch('https://me:hunter2@example.com/').catch((refused: unknown) => refused);
  expect(error).toMatchObject({ code: 'address_refused', message: 'the address holds a name or password' });
  expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  await guard.close();
});
