import type { ProblemDetails } from '../core/api/objects.ts';
import type { Connection } from './connection.ts';
import { CommandFailure, refused } from './failure.ts';
import { safeInline } from './output.ts';

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
  text(path: string, query?: Query): Promise<AsyncIterable<Uint8Array>>;
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
    get: async <T>(path: string, query: Query = {}) => content<T>(await send('GET', path, { query }), connection),
    post: async <T>(path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      content<T>(await send('POST', path, { body, headers }), connection),
    put: async <T>(path: string, body: unknown) => content<T>(await send('PUT', path, { body }), connection),
    remove: async <T>(path: string) => content<T>(await send('DELETE', path), connection),
    text: async (path, query = {}) => pieces(await send('GET', path, { query }), connection),
  };
}

/** The path of a run, named by id or `pipeline/number`. */
export function runPath(run: string): string {
  return `/runs/${encodeURIComponent(run)}`;
}

async function content<T>(response: Response, connection: Connection): Promise<T> {
  const text = await whole(response, connection);
  return (text === '' ? undefined : json(text, response, connection)) as T;
}

function json(text: string, response: Response, connection: Connection): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const type = response.headers.get('content-type') ?? 'something else';
    throw new CommandFailure(
      3,
      `What answers at ${connection.url} is no Palvella server: it sent ${safeInline(type)} instead of JSON. Is PALVELLA_URL right?`,
      cause,
    );
  }
}

async function whole(response: Response, connection: Connection): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of pieces(response, connection)) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

/** The body as it arrives. That it does not arrive whole is no defect of ours either. */
async function* pieces(response: Response, connection: Connection): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (cause) {
    throw new CommandFailure(3, `The server at ${connection.url} broke off its answer: ${reason(cause)}.`, cause);
  }
}

async function failure(response: Response, connection: Connection): Promise<CommandFailure> {
  const text = await whole(response, connection);
  if (response.status === 401) {
    return new CommandFailure(
      2,
      `The server at ${connection.url} does not know this token. Set PALVELLA_TOKEN to one made with palvella token create.`,
    );
  }
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return refused(json(text, response, connection) as ProblemDetails);
  }
  return new CommandFailure(
    3,
    `The server at ${connection.url} answered ${response.status}: ${safeInline(text.slice(0, 200))}`,
  );
}

function reason(cause: unknown): string {
  const error = cause as Error & { cause?: Error & { code?: string } };
  return error.cause?.code ?? error.cause?.message ?? error.message;
}
