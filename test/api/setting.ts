import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemDetails } from '../../core/api/objects.ts';
import { createApp } from '../../web/server/app.ts';
import { createServices, type Services } from '../../web/server/services.ts';
import { atEnd, freePort, type TestDatabase, testDatabase } from '../support/database.ts';
import { startTemporal } from '../support/temporal.ts';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** The API in this process, on a real database, with a real Temporal where `temporal` is asked for. */
export interface Setting {
  db: TestDatabase;
  services: Services;
  token: string;
  workerToken: string;
  temporalAddress: string;
  dataDir: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** With the administrator's token. */
  call<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Body>>;
  /** The problem that a call is refused with. */
  refused(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ProblemDetails>;
  apply(content: string): Promise<void>;
  stopTemporal(): Promise<void>;
  /** On the address that it had, with nothing in it. */
  restartTemporal(): Promise<void>;
}

export const url = 'http://palvella.test';

/** Call it in `beforeAll`. */
export async function createSetting(options: {
  temporal: boolean;
  environment?: Record<string, string>;
}): Promise<Setting> {
  const db = await testDatabase();
  const temporalAddress = `127.0.0.1:${await freePort()}`;
  let temporal = options.temporal ? await startTemporal(temporalAddress) : undefined;
  const dataDir = await mkdtemp(join(tmpdir(), 'palvella-api-'));
  const services = createServices({
    databaseUrl: db.url,
    temporal: { address: temporalAddress, namespace: 'default' },
    url,
    dataDir,
    environment: options.environment ?? {},
    warn: () => {},
  });
  const quiet = () => {};
  const app = createApp(services, { info: quiet, warn: quiet, error: quiet });
  atEnd(async () => {
    await services.close();
    await temporal?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const token = 'plv_administrator-of-this-test';
  const workerToken = 'plv_worker-of-this-test';
  await services.access.tokens.ensure({ secret: token, name: 'local/admin', kind: 'token' });
  await services.access.tokens.ensure({ secret: workerToken, name: 'local', kind: 'worker' });

  const request = async (path: string, init?: RequestInit) => await app.request(`${url}${path}`, init);
  const send = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
    request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  return {
    db,
    services,
    token,
    workerToken,
    temporalAddress,
    dataDir,
    request,
    call: async <Body>(method: string, path: string, body?: unknown, headers = {}) => {
      const response = await send(method, path, body, headers);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      const json = text === '' ? undefined : JSON.parse(text);
      return { status: response.status, headers: response.headers, body: json as Body };
    },
    refused: async (method, path, body, headers = {}) => {
      const response = await send(method, path, body, headers);
      if (response.ok) throw new Error(`${method} ${path} was not refused: ${response.status}`);
      return (await response.json()) as ProblemDetails;
    },
    apply: async (content) => {
      const response = await send('POST', '/apply', { files: [{ name: 'test.yaml', content }] }, {});
      if (!response.ok) throw new Error(await response.text());
    },
    stopTemporal: async () => {
      await temporal?.stop();
    },
    restartTemporal: async () => {
      temporal = await startTemporal(temporalAddress);
    },
  };
}
