import type { ApprovalItem, Decision, Preview } from '../../../core/api/approvals.ts';
import type { ForkPlan, ForkVersion, Relatives } from '../../../core/api/forks.ts';
import type { NotificationItem } from '../../../core/api/notifications.ts';
import type {
  Definition,
  LogPage,
  PipelineSummary,
  ProblemDetails,
  RunDetail,
  RunSummary,
  StoredFiles,
  WorkerInfo,
} from '../../../core/api/objects.ts';
import type { FilePreview } from '../../../core/api/previews.ts';
import type { Summary, SummaryItem } from '../../../core/api/summaries.ts';
import type { JsonObject } from '../../../core/json.ts';
import { ApiError } from './error.ts';

export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface Session {
  name: string;
  roles: readonly string[];
}
type Query = Record<string, string | number | null | undefined>;

export const apiRoot = '/api/v1';

/** A path of the API with each segment escaped, as `/runs/deploy%2F3/log?from=1`. */
export function apiPath(segments: readonly string[], query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const path = `${apiRoot}/${segments.map(encodeURIComponent).join('/')}`;
  return search.size === 0 ? path : `${path}?${search}`;
}

export async function call<T>(
  method: string,
  path: string,
  more: { body?: unknown; headers?: HeadersInit; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const headers = new Headers(more.headers);
  if (more.body !== undefined) headers.set('content-type', 'application/json');
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: more.signal ?? null };
  if (more.body !== undefined) init.body = JSON.stringify(more.body);
  const response = await fetch(path, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The server cannot be reached.');
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw await failure(response);
}

async function failure(response: Response): Promise<ApiError> {
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const problem = json ? ((await response.json().catch(() => undefined)) as ProblemDetails | undefined) : undefined;
  return new ApiError(response.status, problem?.detail ?? `The server answered ${response.status}.`, problem);
}

export type Signal = AbortSignal | undefined;

/** What the pages ask of the API. Each rejects with an `ApiError`. */
export const api = {
  session: (signal: Signal) => call<Session>('GET', apiPath(['session']), { signal }),
  signIn: (link: string) => call<Session>('POST', apiPath(['session']), { body: { link } }),
  signOut: () => call<void>('DELETE', apiPath(['session'])),

  pipelines: (query: { q?: string; cursor?: string | null; limit?: number }, signal: Signal) =>
    call<Page<PipelineSummary>>('GET', apiPath(['pipelines'], query), { signal }),
  pipeline: (name: string, signal: Signal) => call<PipelineSummary>('GET', apiPath(['pipelines', name]), { signal }),
  definition: (kind: string, name: string, signal: Signal) =>
    call<Definition>('GET', apiPath(['definitions', kind, name]), { signal }),

  /** `key` makes a second click, or a repeated request, the same run. */
  startRun: (pipeline: string, body: { parameters: JsonObject; priority?: number }, key: string) =>
    call<RunSummary>('POST', apiPath(['pipelines', pipeline, 'runs']), {
      body,
      headers: { 'idempotency-key': key },
    }),
  runs: (
    query: {
      pipeline?: string;
      status?: string;
      by?: string;
      since?: string;
      until?: string;
      cursor?: string | null;
      limit?: number;
    },
    signal: Signal,
  ) => call<Page<RunSummary>>('GET', apiPath(['runs'], query), { signal }),
  run: (run: string, signal: Signal) => call<RunDetail>('GET', apiPath(['runs', run]), { signal }),
  stop: (run: string) => call<unknown>('POST', apiPath(['runs', run, 'stop']), { body: {} }),
  forkPlan: (run: string, query: { from?: string; version: ForkVersion }, signal: Signal) =>
    call<ForkPlan>('GET', apiPath(['runs', run, 'fork'], query), { signal }),
  fork: (run: string, body: { from?: string; version: ForkVersion; parameters: JsonObject }, key: string) =>
    call<RunSummary>('POST', apiPath(['runs', run, 'fork']), { body, headers: { 'idempotency-key': key } }),
  relatives: (run: string, signal: Signal) => call<Relatives>('GET', apiPath(['runs', run, 'relatives']), { signal }),
  resolve: (run: string, job: string, decision: 'repeat' | 'done' | 'fail') =>
    call<unknown>('POST', apiPath(['runs', run, 'resolve']), { body: { job, decision } }),
  log: (run: string, of: { job: string; action: string; from: number; limit: number }, signal: Signal) =>
    call<LogPage>('GET', apiPath(['runs', run, 'log'], of), { signal }),
  summaries: (run: string, signal: Signal) =>
    call<Page<SummaryItem>>('GET', apiPath(['runs', run, 'summaries']), { signal }),
  summary: (run: string, of: { job: string; action: string }, signal: Signal) =>
    call<Summary>('GET', apiPath(['runs', run, 'summary'], of), { signal }),
  filePreview: (run: string, key: string, signal: Signal) =>
    call<FilePreview>('GET', apiPath(['runs', run, 'files', key, 'preview']), { signal }),
  files: (run: string, query: { q?: string; key?: string; cursor?: string | null }, signal: Signal) =>
    call<StoredFiles>('GET', apiPath(['runs', run, 'files'], query), { signal }),

  approvals: (
    query: { state?: string; mine?: string; run?: string; cursor?: string | null; limit?: number },
    signal: Signal,
  ) => call<Page<ApprovalItem>>('GET', apiPath(['approvals'], query), { signal }),
  decide: (approval: string, decision: Decision) =>
    call<ApprovalItem>('POST', apiPath(['approvals', approval, 'decisions']), { body: decision }),
  notifications: (run: string, signal: Signal) =>
    call<Page<NotificationItem>>('GET', apiPath(['runs', run, 'notifications']), { signal }),
  preview: (approval: string, key: string, signal: Signal) =>
    call<Preview>('GET', apiPath(['approvals', approval, 'files', key]), { signal }),

  workers: (signal: Signal) => call<Page<WorkerInfo>>('GET', apiPath(['workers']), { signal }),
  drain: (worker: string, draining: boolean) =>
    call<void>('POST', apiPath(['workers', worker, draining ? 'drain' : 'resume']), { body: {} }),
};

/** Addresses that the browser opens itself. */
export function logTextPath(run: string, job: string, action: string): string {
  return apiPath(['runs', run, 'log.txt'], { job, action });
}
export function fileImagePath(run: string, key: string): string {
  return apiPath(['runs', run, 'files', key, 'image']);
}
export function filesArchivePath(run: string): string {
  return apiPath(['runs', run, 'files.tar']);
}
export function filePath(run: string, key: string): string {
  return apiPath(['runs', run, 'files', key]);
}
