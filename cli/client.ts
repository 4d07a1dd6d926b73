import type { ProblemDetails } from '../core/api/objects.ts';
import type { Connection } from './connection.ts';
import { CommandFailure, refused } from './failure.ts';

type Query = Record<string, string | number | undefined>;
interface Call {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The HTTP API under `/api/v1`. Server and command line are of one version, so its answers are trusted. */
export interface Client {
  readonly connection: Connection;
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  remove<T>(path: string): Promise<T>;
  /** A plain text body as it arrives. */
  text(path: string, query?: Query): Promise<ReadableStream<Uint8Array>>;
}

export function createClient(connection: Connection): Client {
  async function send(method: string, path: string, { query, body, headers }: Call = {}): Promise<Response> {
    const url = new URL(`${connection.url}/api/v1${path}`);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${connection.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: 'error',
    }).catch((cause: unknown) => {
      throw new CommandFailure(3, `The server at ${connection.url} could not be reached: ${reason(cause)}.`, cause);
    });
    if (!response.ok) throw await failure(response, connection);
    return response;
  }

  return {
    connection,
    get: async <T>(path: string, query: Query = {}) => (await (await send('GET', path, { query })).json()) as T,
    post: async <T>(path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      content<T>(await send('POST', path, { body, headers })),
    put: async <T>(path: string, body: unknown) => content<T>(await send('PUT', path, { body })),
    remove: async <T>(path: string) => content<T>(await send('DELETE', path)),
    text: async (path, query = {}) => (await send('GET', path, { query })).body ?? new ReadableStream(),
  };
}

/** The path of a run, named by id or `pipeline/number`. */
export function runPath(run: string): string {
  return `/runs/${encodeURIComponent(run)}`;
}

async function content<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function failure(response: Response, connection: Connection): Promise<CommandFailure> {
  const text = await response.text();
  if (response.status === 401) {
    return new CommandFailure(
      2,
      `The server at ${connection.url} does not know this token. Set PALVELLA_TOKEN to one made with palvella token create.`,
    );
  }
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return refused(JSON.parse(text) as ProblemDetails);
  }
  return new CommandFailure(3, `The server at ${connection.url} answered ${response.status}: ${text.slice(0, 200)}`);
}

function reason(cause: unknown): string {
  const error = cause as Error & { cause?: Error & { code?: string } };
  return error.cause?.code ?? error.cause?.message ?? error.message;
}
