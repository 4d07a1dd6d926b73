// Before any schema is made, as it adds to all that are made after it.
import '@hono/zod-openapi';

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll } from 'vitest';
import type { JobPlan, Plan } from '../../core/plan.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { createApp } from '../../web/server/app.ts';
import { type ApiClient, createApiClient } from '../../workers/engine/api-client.ts';
import { createSetting, type Setting } from '../api/setting.ts';

export interface HttpSetting extends Setting {
  address: string;
  /** A run that goes on, of a plan with the Jobs `a`, `other` and, for each of one item, `deploy/build` unless given. */
  run(plan?: Partial<Plan>): Promise<string>;
  /** As if the run had told of a Job. */
  tell(runId: string, path: string, attempt?: number): Promise<void>;
  /** As a Worker calls. */
  client(token?: string): ApiClient;
}

function jobOf(name: string, body: JobPlan['body'] = { kind: 'actions', actions: [] }): JobPlan {
  return { name, requires: [], when: 'success', params: [], args: {}, body };
}
const build = { ...jobOf('build'), forEach: { literal: ['x'] } };
const jobs = [jobOf('a'), jobOf('other'), jobOf('deploy', { kind: 'jobs', scope: 'inherit', jobs: [build] })];

/** The API on a socket, with a real database; Credentials read of `environment`. Call it in `beforeAll`. */
export async function createHttpSetting(environment: Record<string, string> = {}): Promise<HttpSetting> {
  const setting = await createSetting({ temporal: false, environment });
  const quiet = () => {};
  const app = createApp(setting.services, { info: quiet, warn: quiet, error: quiet });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const closing = new AbortController();
  const clients: ApiClient[] = [];
  afterAll(async () => {
    closing.abort();
    for (const client of clients) await client.close();
    server.closeAllConnections();
    server.close();
  });
  let number = 0;
  return {
    ...setting,
    address,
    run: async (plan = {}) => {
      const id = uuid7();
      const body = { format: 1, pipeline: 'test', parameters: [], jobs, ...plan };
      await setting.db.pool.query(`insert into plans (id, body) values ($1, $2) on conflict do nothing`, [
        id,
        JSON.stringify(body),
      ]);
      number += 1;
      await setting.db.pool.query(
        `insert into runs (id, pipeline, number, version, "planId", parameters, "startedBy", status, submitted)
         values ($1, 'test', $2, 1, $3, '{}', 'local/admin', 'running', true)`,
        [id, number, id],
      );
      return id;
    },
    tell: async (runId, path, attempt = 1) => {
      await setting.db.pool.query(
        `insert into job_runs ("runId", path, position, status, seq, state) values ($1, $2, 0, 'running', 1, $3)
         on conflict ("runId", path) do update set state = excluded.state`,
        [runId, path, JSON.stringify({ attempt })],
      );
    },
    client: (token = setting.workerToken) => {
      const client = createApiClient(address, token, closing.signal);
      clients.push(client);
      return client;
    },
  };
}
