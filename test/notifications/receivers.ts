import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { atEnd } from '../support/database.ts';

export interface SlackPost {
  channel: string;
  text: string;
}

/** What Slack would be told, answered as `answer` says; while it says nothing, not at all. Call it in `beforeAll`. */
export async function slackReceiver(answer: {
  status: number | undefined;
}): Promise<{ url: string; got: SlackPost[] }> {
  const got: SlackPost[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      got.push(body as SlackPost);
      if (answer.status !== undefined)
        response.writeHead(answer.status).end(answer.status === 200 ? 'ok' : 'no_such_channel');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

/**
 * What stands for Slack's API: it knows one token and its channels, and says in a 200 what is wrong. `busy` is for how
 * many seconds it takes nothing, said once. Call it in `beforeAll`.
 */
export async function slackApi(
  token: string,
  channels: Readonly<Record<string, 'joined' | 'not joined'>>,
): Promise<{ url: string; got: SlackPost[]; state: { busy: number | undefined } }> {
  const got: SlackPost[] = [];
  const state: { busy: number | undefined } = { busy: undefined };
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const post = body as SlackPost;
      const error =
        request.headers.authorization !== `Bearer ${token}`
          ? 'invalid_auth'
          : { joined: undefined, 'not joined': 'not_in_channel', none: 'channel_not_found' }[
              channels[post.channel] ?? 'none'
            ];
      const { busy } = state;
      state.busy = undefined;
      if (request.url !== '/api/chat.postMessage') return response.writeHead(404).end();
      if (busy !== undefined) {
        return response.writeHead(429, { 'retry-after': String(busy) }).end('{"ok":false,"error":"ratelimited"}');
      }
      if (error === undefined) got.push(post);
      return response.end(JSON.stringify(error === undefined ? { ok: true, ts: '1.2' } : { ok: false, error }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, got, state };
}

export interface Mail {
  to: string[];
  /** Headers and body, as they came. */
  raw: string;
}

/** A mail server. Call it in `beforeAll`. */
export async function mailReceiver(): Promise<{ url: string; got: Mail[] }> {
  const got: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      void text(stream).then((raw) => {
        got.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  atEnd(() => new Promise<void>((done) => server.close(done)));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, got };
}
