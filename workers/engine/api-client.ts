import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import type { JobApi, WorkerApi } from '../../activities/engine/ports.ts';
import { RunSummary } from '../../core/api/objects.ts';
import {
  ClaimAnswer,
  claimAgain,
  jobTokenHeader,
  LeaseAnswer,
  LogPosition,
  type WorkerHeartbeat,
  type WorkerHello,
  WorkerOrders,
  WorkerWelcome,
} from '../../core/api/worker.ts';
import { errorCodes, PalvellaError } from '../../core/errors.ts';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { Refused, refusal } from './api-refusal.ts';

const firstDelayMs = 50;
const longestDelayMs = 5_000;

export interface ApiClient extends WorkerApi {
  hello(hello: WorkerHello): Promise<WorkerWelcome>;
  heartbeat(beat: WorkerHeartbeat): Promise<WorkerOrders>;
  close(): Promise<void>;
}

interface Call {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  json?: unknown;
  /** Made anew for each try. */
  body?: () => Uint8Array | Readable;
  headers?: Record<string, string>;
  token?: (again?: boolean) => Promise<string>;
  signal?: AbortSignal | undefined;
}

/**
 * Speaks `core/api/worker.ts`. Repeats a call while the API is away; `closing` ends that. `silentMs`: how long an answer
 * may say nothing in its middle.
 */
export function createApiClient(url: string, workerToken: string, closing: AbortSignal, silentMs = 60_000): ApiClient {
  const dispatcher = new Agent({
    keepAliveTimeout: 30_000,
    connections: 16,
    headersTimeout: 60_000,
    bodyTimeout: silentMs,
  });

  async function once(call: Call, again: boolean): Promise<Dispatcher.ResponseData> {
    const headers: Record<string, string> = { authorization: `Bearer ${workerToken}`, ...call.headers };
    if (call.token !== undefined) headers[jobTokenHeader] = await call.token(again);
    if (call.json !== undefined) headers['content-type'] = 'application/json';
    const body = call.json === undefined ? (call.body?.() ?? null) : JSON.stringify(call.json);
    const signal = call.signal ?? null;
    return await request(`${url}/api/v1/worker/${call.path}`, {
      method: call.method,
      headers,
      body,
      dispatcher,
      signal,
    });
  }

  async function send(call: Call): Promise<Dispatcher.ResponseData> {
    let isStale = false;
    for (let delay = firstDelayMs; ; delay = Math.min(delay * 2, longestDelayMs)) {
      const answer = await attempt(call, isStale);
      if (!(answer instanceof PalvellaError)) return answer;
      // A machine that was asleep does not know how old its token is.
      if (!isStale && call.token !== undefined && answer.remedy === claimAgain) {
        isStale = true;
        continue;
      }
      if (!errorCodes[answer.code].retry || closing.aborted || call.signal?.aborted === true) throw answer;
      await sleep(delay, undefined, {
        signal: AbortSignal.any([closing, ...(call.signal ? [call.signal] : [])]),
      }).catch(() => undefined);
    }
  }

  /** The answer, or why there is none. What `call.token` throws is not the API's and goes through. */
  async function attempt(call: Call, again: boolean): Promise<Dispatcher.ResponseData | PalvellaError> {
    let answer: Dispatcher.ResponseData;
    try {
      answer = await once(call, again);
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      return new PalvellaError('unavailable', `Palvella's API at ${url} cannot be reached`, { cause: error });
    }
    return answer.statusCode < 400 ? answer : await refusal(answer);
  }

  async function read<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    return schema.parse(await (await send(call)).body.json());
  }

  async function done(call: Call): Promise<void> {
    await (await send(call)).body.dump();
  }

  return {
    hello: (json) => read(WorkerWelcome, { method: 'POST', path: 'hello', json }),
    heartbeat: (json) => read(WorkerOrders, { method: 'POST', path: 'heartbeat', json }),
    async claim(job, workerId, signal) {
      try {
        return await read(ClaimAnswer, { method: 'POST', path: 'claims', json: { ...job, workerId }, signal });
      } catch (error) {
        if (error instanceof Refused && error.problem?.workerId !== undefined)
          return { heldBy: error.problem.workerId };
        if (error instanceof Refused && error.problem?.draining === true) return { draining: true };
        throw error;
      }
    },
    job: (token) => createJobApi({ send, read, done, token }),
    close: () => dispatcher.close(),
  };
}

function createJobApi(via: {
  send(call: Call): Promise<Dispatcher.ResponseData>;
  read<T>(schema: z.ZodType<T>, call: Call): Promise<T>;
  done(call: Call): Promise<void>;
  token: (again?: boolean) => Promise<string>;
}): JobApi {
  const { token } = via;
  const logPath = (key: ActionKey, rest: string) => `logs/${encodeURIComponent(actionKeyText(key))}/${rest}`;
  const filePath = (key: string) => `files/${encodeURIComponent(key)}`;
  return {
    report: (json) => via.done({ method: 'POST', path: 'reports', json, token }),
    logPosition: (key) => via.read(LogPosition, { method: 'GET', path: logPath(key, 'position'), token }),
    putChunk: (key, seq, end, frames) =>
      via.done({
        method: 'PUT',
        path: logPath(key, `chunks/${seq}?end=${end}`),
        body: () => frames,
        headers: { 'content-type': 'application/octet-stream' },
        token,
      }),
    closeLog: (key, seq) => via.done({ method: 'POST', path: logPath(key, 'close'), json: { seq }, token }),
    lease: async (names) =>
      (await via.read(LeaseAnswer, { method: 'POST', path: 'leases', json: { names }, token })).values,
    putFile: (key, size, open) =>
      via.done({
        method: 'PUT',
        path: filePath(key),
        body: () => open() as Readable,
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
        token,
      }),
    getFile: async (key) => (await via.send({ method: 'GET', path: filePath(key), token })).body,
    putSummary: (action, text) => via.done({ method: 'PUT', path: 'summaries', json: { action, text }, token }),
    startRun: (json) => via.read(RunSummary, { method: 'POST', path: 'runs', json, token }),
  };
}

const connectionFaults: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function isConnectionFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (connectionFaults.has(code) || code.startsWith('UND_ERR_'));
}
