import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  ActionReport,
  ClaimRequest,
  claimAgain,
  jobTokenHeader,
  LeaseRequest,
  LogClose,
  PutSummary,
  StartRunRequest,
  WorkerHeartbeat,
  WorkerHello,
} from '../../core/api/worker.ts';
import { type JobKey, jobKeyText } from '../../core/keys.ts';
import { decodeFrames, type Stream } from '../../core/log-frames.ts';

interface StoredLog {
  chunks: Map<number, { end: number; frames: Buffer }>;
  closed: boolean;
}

/** The API's side of `core/api/worker.ts`, kept in memory, for tests of the Worker alone. */
export class WorkerApiServer {
  readonly token = 'plv_worker';
  readonly logs = new Map<string, StoredLog>();
  readonly reports: ActionReport[] = [];
  readonly files = new Map<string, Buffer>();
  /** By Action. */
  readonly summaries = new Map<string, string>();
  readonly secrets = new Map<string, string>();
  readonly runs: StartRunRequest[] = [];
  readonly claims = new Map<string, string>();
  /** What each heartbeat says is over. */
  over: JobKey[] = [];
  queues: string[] = ['engine/local', 'engine/native'];
  hello: WorkerHello | undefined;
  heartbeats: WorkerHeartbeat[] = [];
  /** What a claim is answered with, and which of these are refused for their age. */
  jobToken = 'job';
  readonly tooOld = new Set<string>();
  /** Answers every call with 503 while true. */
  away = false;
  #server: Server;
  #port = 0;

  constructor() {
    this.#server = this.#create();
  }

  #create(): Server {
    return createServer((request, response) => {
      this.#answer(request).then(
        ({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(body instanceof Uint8Array ? body : JSON.stringify(body));
        },
        (error: unknown) => {
          response.writeHead(500).end(JSON.stringify({ code: 'internal', detail: String(error) }));
        },
      );
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** As if the process were killed: connections break. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#server = this.#create();
  }

  /** A stored log's text; chunks must have come without a gap. */
  logText(key: string, stream: Stream = 'stdout'): string {
    const log = this.logs.get(key);
    const parts: Uint8Array[] = [];
    for (let seq = 0; seq < (log?.chunks.size ?? 0); seq += 1) {
      const chunk = log?.chunks.get(seq);
      if (chunk === undefined) throw new Error(`chunk ${seq} of ${key} is missing`);
      for (const frame of decodeFrames(chunk.frames)) if (frame.stream === stream) parts.push(frame.payload);
    }
    return Buffer.concat(parts).toString();
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const body = await buffer(request);
    if (this.away) return { status: 503, body: { code: 'unavailable', detail: 'away' } };
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return { status: 401, body: { code: 'unauthenticated' } };
    const url = new URL(request.url ?? '', this.url);
    const [what = '', key = '', ...rest] = url.pathname.replace('/api/v1/worker/', '').split('/');
    const json = () => JSON.parse(body.toString()) as unknown;
    if (!['hello', 'heartbeat', 'claims'].includes(what) && request.headers[jobTokenHeader] === undefined) {
      return { status: 403, body: { code: 'forbidden', detail: 'the token of the Job is missing' } };
    }
    if (this.tooOld.has(String(request.headers[jobTokenHeader]))) {
      return { status: 403, body: { code: 'forbidden', detail: 'too old', remedy: claimAgain } };
    }
    switch (what) {
      case 'hello':
        this.hello = WorkerHello.parse(json());
        return { status: 200, body: { queues: this.queues, heartbeatMs: 200 } };
      case 'heartbeat': {
        const beat = WorkerHeartbeat.parse(json());
        this.heartbeats.push(beat);
        const over = new Set(this.over.map(jobKeyText));
        return {
          status: 200,
          body: { queues: this.queues, teardown: beat.held.filter((job) => over.has(jobKeyText(job))) },
        };
      }
      case 'claims': {
        const { workerId, ...job } = ClaimRequest.parse(json());
        const holder = this.claims.get(jobKeyText(job)) ?? workerId;
        this.claims.set(jobKeyText(job), holder);
        if (holder !== workerId) return { status: 409, body: { code: 'conflict', detail: 'held', workerId: holder } };
        return {
          status: 200,
          body: { jobToken: this.jobToken, expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
        };
      }
      case 'reports':
        this.reports.push(...ActionReport.array().parse(json()));
        return { status: 204, body: '' };
      case 'leases': {
        const values = LeaseRequest.parse(json()).names.map(({ name }) => this.secrets.get(name));
        return values.includes(undefined)
          ? { status: 422, body: { code: 'credential_unavailable', detail: 'there is no such Credential' } }
          : { status: 200, body: { values } };
      }
      case 'runs': {
        const run = StartRunRequest.parse(json());
        this.runs.push(run);
        return { status: 201, body: summaryOf(run.pipeline) };
      }
      case 'summaries': {
        const { action, text } = PutSummary.parse(json());
        this.summaries.set(action, text);
        return { status: 204, body: '' };
      }
      case 'files':
        return this.#file(request.method ?? '', decodeURIComponent(key), body);
      case 'logs':
        return this.#log(request.method ?? '', decodeURIComponent(key), rest, url, body);
      default:
        return { status: 404, body: { code: 'not_found', detail: url.pathname } };
    }
  }

  #file(method: string, key: string, body: Buffer): { status: number; body: unknown } {
    if (method === 'PUT') this.files.set(key, body);
    const found = this.files.get(key);
    if (found === undefined) return { status: 404, body: { code: 'not_found', detail: `there is no file ${key}` } };
    return method === 'PUT' ? { status: 204, body: '' } : { status: 200, body: found };
  }

  #log(method: string, key: string, rest: string[], url: URL, body: Buffer): { status: number; body: unknown } {
    const log = this.logs.get(key) ?? { chunks: new Map(), closed: false };
    this.logs.set(key, log);
    const [part, seq] = rest;
    if (part === 'position') {
      let next = 0;
      while (log.chunks.has(next)) next += 1;
      // Beyond a gap nothing counts: it comes again.
      for (const stored of log.chunks.keys()) if (stored > next) log.chunks.delete(stored);
      return { status: 200, body: { seq: next, offset: log.chunks.get(next - 1)?.end ?? 0, closed: log.closed } };
    }
    if (part === 'close') {
      LogClose.parse(JSON.parse(body.toString()));
      log.closed = true;
    } else if (method === 'PUT' && !log.chunks.has(Number(seq))) {
      log.chunks.set(Number(seq), { end: Number(url.searchParams.get('end')), frames: body });
    }
    return { status: 204, body: '' };
  }
}

function summaryOf(pipeline: string) {
  const now = new Date().toISOString();
  return {
    id: 'run-id',
    number: 7,
    pipeline,
    status: 'queued',
    url: `http://palvella.test/runs/${pipeline}/7`,
    reason: null,
    version: 1,
    parameters: {},
    startedBy: 'worker',
    retryOf: null,
    forkOf: null,
    forkFrom: null,
    queuedAt: now,
    startedAt: null,
    endedAt: null,
    wait: null,
  };
}
