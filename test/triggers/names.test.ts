import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { beforeAll, expect, test } from 'vitest';
import { runWorkflowId, scheduledStartIds, scheduleId } from '../../core/keys.ts';
import { atEnd } from '../support/database.ts';
import { createTriggerSetting, githubHeaders, hmac, payload, type TriggerSetting } from './setting.ts';

/** Alike for people, and where names and numbers are joined by what may be in a name. */
const names = ['a', 'A', 'a-1', 'a_1', 'a1', 'a-1-1', 'a-1_1', 'a_1-1', 'a11'];

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting();
  await setting.apply(
    names
      .flatMap((name) => [
        `kind: Pipeline\nname: p-${name}\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`,
        `kind: Trigger\nname: ${name}\nwebhook: { secret: { from_credential: hook-secret }, header: x-sign, delivery_id: x-id }\nruns: [{ pipeline: p-${name} }, { pipeline: p-${name} }]\n`,
      ])
      .join('---\n'),
  );
});

test('Triggers with names that are alike take each delivery of their own, and start runs of their own', async () => {
  const body = '{"text":"same"}';
  const ids = ['1', '-1', '1-1', '_1', '1:1', '11', '/1', 'sha256:1', '1/0', '0'];
  const deliveries = new Set<string>();
  for (const name of names) {
    for (const id of ids) {
      const text = body.replace('same', id);
      const answer = await setting.send(name, text, { 'x-sign': hmac(text), 'x-id': id });
      expect([name, id, answer.status, answer.body.duplicate]).toEqual([name, id, 202, false]);
      deliveries.add(answer.body.delivery);
    }
  }
  expect(deliveries.size).toBe(names.length * ids.length);
  while ((await setting.decide()) > 0);
  const { rows } = await setting.db.pool.query<{ id: string; pipeline: string; number: number; startedBy: string }>(
    'select id, pipeline, number, "startedBy" from runs',
  );
  expect(rows).toHaveLength(names.length * ids.length * 2);
  expect(new Set(rows.map(({ pipeline, number }) => runWorkflowId(pipeline, number))).size).toBe(rows.length);
  for (const name of names) {
    const own = rows.filter(({ pipeline }) => pipeline === `p-${name}`);
    expect([...new Set(own.map((run) => run.startedBy))]).toEqual([`trigger/${name}`]);
    expect(own.map(({ number }) => number).sort((a, b) => a - b)).toEqual(own.map((_, index) => index + 1));
  }
  expect(new Set(names.flatMap((name) => [scheduleId(name), scheduledStartIds(name)])).size).toBe(names.length * 2);
});

test('a name that would be another’s number is no name', async () => {
  for (const name of ['a/1', 'a 1', 'a.1', '1']) {
    const pipeline = `name: '${name}'\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`;
    const trigger = `kind: Trigger\nname: '${name}'\nrest: {}\nruns: [{ pipeline: build }]\n`;
    for (const content of [pipeline, trigger]) {
      const refused = await setting.refused('POST', '/apply', { files: [{ name: 'x.yaml', content }] });
      expect([name, refused.status, refused.problems?.[0]?.path]).toEqual([name, 422, 'name']);
    }
  }
});

test('a delivery that is replayed with its headers in another order and case is the same', async () => {
  await setting.apply(`kind: Trigger
name: wire
github: { secret: { from_credential: hook-secret }, events: [push] }
runs: [{ pipeline: build }]
`);
  const port = await listen();
  const before = await setting.countRuns();
  const body = payload('github-push');
  const headers = Object.entries({ 'content-type': 'application/json', ...githubHeaders('push', body) });
  const shapes = [
    headers,
    headers.toReversed().map(([name, value]): [string, string] => [name.toUpperCase(), value]),
    headers.map(([name, value]): [string, string] => [name.replace(/\b[a-z]/g, (c) => c.toUpperCase()), value]),
    // Under an id of its own too, which nobody signs.
    headers.map(([name, value]): [string, string] => [name, name === 'x-github-delivery' ? randomUUID() : value]),
  ];
  const answers = [];
  for (const shape of shapes) answers.push(await post(port, '/api/v1/hooks/wire', shape, body));
  expect(answers.map(({ status, duplicate }) => [status, duplicate])).toEqual([
    [202, false],
    [202, true],
    [202, true],
    [202, true],
  ]);
  expect(new Set(answers.map(({ delivery }) => delivery)).size).toBe(1);
  while ((await setting.decide()) > 0);
  expect(await setting.countRuns()).toBe(before + 1);
});

/** The API on a port, as what fetches it writes all names of headers alike. */
async function listen(): Promise<number> {
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) =>
      setting.request(new URL(request.url).pathname, {
        method: request.method,
        headers: request.headers,
        body: await request.arrayBuffer(),
      }),
  });
  atEnd(() => new Promise<void>((done) => void server.close(() => done())));
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  return (server.address() as AddressInfo).port;
}

async function post(port: number, path: string, headers: [string, string][], body: string) {
  return new Promise<{ status: number | undefined; delivery: string; duplicate: boolean }>((resolve, reject) => {
    const length: [string, string][] = [
      ['Host', `127.0.0.1:${port}`],
      ['Content-Length', String(Buffer.byteLength(body))],
    ];
    const request = httpRequest(
      { port, host: '127.0.0.1', path, method: 'POST', agent: false, headers: [...headers, ...length].flat() },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => void (text += part.toString()));
        response.on('end', () => resolve({ status: response.statusCode, ...JSON.parse(text) }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
