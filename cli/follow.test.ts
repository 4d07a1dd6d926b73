import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { ClientMessage, type ServerMessage, type Topic } from '../core/api/live.ts';
import type { RunDetail } from '../core/api/objects.ts';
import { createClient } from './client.ts';
import { follow } from './follow.ts';

let server: Server | undefined;
let sockets: WebSocketServer | undefined;
afterEach(() => {
  for (const socket of sockets?.clients ?? []) socket.terminate();
  server?.close();
});

type Answer = Record<string, unknown> & Pick<ServerMessage, 'type'>;
type Asked = (topic: Topic, times: number) => readonly Answer[];

/** Follows a run of a server that answers so. `times`: how often the topic was asked for before. */
async function followAgainst(
  asked: Asked,
  http: RequestListener = () => {},
): Promise<{ status: string; lines: string[] }> {
  server = createServer(http).listen(0, '127.0.0.1');
  sockets = new WebSocketServer({ server });
  const before = new Map<string, number>();
  sockets.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      const message = ClientMessage.safeParse(JSON.parse(data.toString())).data;
      // As the server does.
      if (message === undefined) return socket.close(1008);
      if (message.type !== 'subscribe') return;
      const times = before.get(message.id) ?? 0;
      before.set(message.id, times + 1);
      for (const one of asked(message.topic, times)) socket.send(JSON.stringify({ ...one, id: message.id }));
    }),
  );
  await new Promise((done) => server?.once('listening', done));
  const client = createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'plv_x' });
  const lines: string[] = [];
  const run = await follow(client, 'p/1', {
    line: (job, { text }) => lines.push(`${job}: ${text}`),
    changed: () => {},
  });
  return { status: run.status, lines };
}

const away: Answer = { type: 'error', code: 'unavailable', detail: 'The database is away.' };
const lines = [1, 2].map((n) => ({ n, text: `line ${n}` }));
const log: Answer = { type: 'log', lines, total: 2, closed: true };

function run(status: string, path = 'job'): Answer {
  const action = { name: 'step', attempt: 1, startedAt: '2026-01-01T00:00:00Z' };
  const job = { path, attempt: 1, inherited: false, status, actions: [action] };
  return { type: 'run', run: { id: 'p/1', status, jobs: [job] } as unknown as RunDetail };
}

test('what the server cannot answer for a moment is asked for again, and no line is lost', async () => {
  const told = await followAgainst((topic, times) => {
    if (times === 0) return [away];
    return topic.topic === 'run' ? [run('succeeded')] : [log];
  });
  expect(told).toEqual({ status: 'succeeded', lines: ['job: line 1', 'job: line 2'] });
});

test('a log that cannot be followed to the end of the run is read then, also by a server that is away for a moment', async () => {
  let reads = 0;
  const told = await followAgainst(
    (topic) => (topic.topic === 'run' ? [run('failed')] : [away]),
    (_, response) => {
      reads += 1;
      response.statusCode = reads === 1 ? 503 : 200;
      response.end(JSON.stringify(reads === 1 ? {} : { lines, total: 2, closed: true }));
    },
  );
  expect(told).toEqual({ status: 'failed', lines: ['job: line 1', 'job: line 2'] });
});

test.each(['not_found', 'forbidden'])('a run that is %s ends it with what the server says', async (code) => {
  const following = followAgainst(() => [{ type: 'error', code, detail: 'Not here.' }]);
  await expect(following).rejects.toMatchObject({ exitStatus: 2, message: 'Not here.' });
});

test('a Job deep in a run, with a long path, is followed as any other', async () => {
  const path = Array.from({ length: 9 }, (_, depth) => `called-pipeline-${depth}`).join('/');
  const told = await followAgainst((topic) => (topic.topic === 'run' ? [run('succeeded', path)] : [log]));
  expect(told.lines).toEqual([`${path}: line 1`, `${path}: line 2`]);
});
