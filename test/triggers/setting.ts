// Before any schema is made, as it gives schemas what documents of the API need.
import '@hono/zod-openapi';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery, DeliveryDetail, DeliveryReceipt } from '../../core/api/triggers.ts';
import type { JsonObject } from '../../core/json.ts';
import { createStarter } from '../../platform/runs/start.ts';
import type { Warn } from '../../platform/runs/submit.ts';
import { createProcessor, createTriggerWaits, type TriggerWaits } from '../../platform/triggers/index.ts';
import { createSetting, type Setting } from '../api/setting.ts';

export const secret = 'a secret that forge and server share';

export interface Sent {
  status: number;
  body: DeliveryReceipt & { detail: string };
}

/** The API with a processor beside it, which decides when it is told to. Runs are written, and given to nobody. */
export interface TriggerSetting extends Setting {
  send(trigger: string, body: string | Buffer, headers: Record<string, string>): Promise<Sent>;
  decide(warn?: Warn): Promise<number>;
  waits: TriggerWaits;
  /** What runs were told. */
  signals: [name: string, argument: unknown][];
  /** Decides, then reads it. */
  decided(id: string): Promise<DeliveryDetail>;
  deliveries(query?: string): Promise<Delivery[]>;
  countRuns(): Promise<number>;
}

export async function createTriggerSetting({ temporal = false } = {}): Promise<TriggerSetting> {
  const setting = await createSetting({
    temporal,
    environment: { PALVELLA_CREDENTIAL_SOURCES: 'HOOK_SECRET,EMPTY_SECRET', HOOK_SECRET: secret, EMPTY_SECRET: '' },
  });
  const { pool } = setting.db;
  const signals: TriggerSetting['signals'] = [];
  const waits = createTriggerWaits({
    pool,
    workflows: {
      signal: async (_, name, argument) => {
        signals.push([name, argument]);
        return true;
      },
    },
  });
  const fail: Warn = (message, error) => {
    throw new Error(message, { cause: error });
  };
  const starter = createStarter({ pool, submit: async () => true });
  const decide = async (warn = fail) => await createProcessor({ pool, starter, waits, warn }).pending();
  await setting.apply(library);
  return {
    ...setting,
    send: async (trigger, body, headers) => {
      const response = await setting.request(`/api/v1/hooks/${trigger}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      return { status: response.status, body: (await response.json()) as Sent['body'] };
    },
    decide,
    waits,
    signals,
    decided: async (id) => {
      await decide();
      return (await setting.call<DeliveryDetail>('GET', `/deliveries/${id}`)).body;
    },
    deliveries: async (query = '') =>
      (await setting.call<{ items: Delivery[] }>('GET', `/deliveries?${query}`)).body.items,
    countRuns: async () => (await pool.query<{ n: number }>('select count(*)::int n from runs')).rows[0]?.n ?? -1,
  };
}

const library = `kind: Credential
name: hook-secret
type: Text
data: { text: { from_environment: HOOK_SECRET } }
---
kind: Credential
name: empty-secret
type: Text
data: { text: { from_environment: EMPTY_SECRET } }
---
kind: Pipeline
name: build
parameters:
  - { name: branch, type: string, default: main }
  - { name: title, type: string, default: '' }
jobs:
  - name: make
    actions: [{ run: 'echo "$TITLE"', environ: { TITLE: '\${{ trigger.title }}' } }]
`;

export function payload(name: string): string {
  return readFileSync(join(import.meta.dirname, `payloads/${name}.json`), 'utf8');
}

/** A payload with some of its fields changed. */
export function changed(name: string, change: (payload: JsonObject) => void): string {
  const value = JSON.parse(payload(name)) as JsonObject;
  change(value);
  return JSON.stringify(value);
}

export function hmac(body: string | Buffer, key = secret): string {
  return createHmac('sha256', key).update(body).digest('hex');
}

/** What GitHub sends with a body. */
export function githubHeaders(event: string, body: string, id: string = randomUUID()): Record<string, string> {
  return {
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': id,
    'x-github-event': event,
    'x-github-hook-id': '401234567',
    'x-github-hook-installation-target-id': '35129377',
    'x-github-hook-installation-target-type': 'repository',
    'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
    'x-hub-signature-256': `sha256=${hmac(body)}`,
  };
}

export function gitlabHeaders(event: string, id: string = randomUUID()): Record<string, string> {
  return {
    'user-agent': 'GitLab/18.4.0',
    'idempotency-key': id,
    'x-gitlab-event': event,
    'x-gitlab-event-uuid': randomUUID(),
    'x-gitlab-instance': 'https://gitlab.example.org',
    'x-gitlab-token': secret,
    'x-gitlab-webhook-uuid': randomUUID(),
  };
}

export function giteaHeaders(event: string, body: string, id: string = randomUUID()): Record<string, string> {
  return {
    'user-agent': 'Go-http-client/1.1',
    'x-gitea-delivery': id,
    'x-gitea-event': event,
    'x-gitea-event-type': event,
    'x-gitea-signature': hmac(body),
    'x-github-delivery': id,
    'x-github-event': event,
    'x-hub-signature-256': `sha256=${hmac(body)}`,
  };
}
