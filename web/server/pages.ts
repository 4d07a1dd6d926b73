import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';
import { withPagePolicy } from './http/page-policy.ts';
import { type Log, problemOf } from './http/problem.ts';

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Resolves once pages can answer. */
  ready: Promise<void>;
  close(): Promise<void>;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Next = (options: object) => { prepare(): Promise<void>; getRequestHandler(): Handle; close(): Promise<void> };

/** By a name that the compiler does not see: its types change those of Node for the whole program. */
async function loadNext(name = 'next'): Promise<Next> {
  return ((await import(name)) as { default: Next }).default;
}

const dir = join(import.meta.dirname, '..');

/** Next.js, loaded while the API answers already; requests for pages wait for it. */
export function openPages(options: { hostname: string; port: number; log: Log }): Pages {
  const { hostname, port, log } = options;
  const loading = loadNext().then(async (next) => {
    const app = next({ dev: false, dir, hostname, port, customServer: true, quiet: true });
    await app.prepare();
    return { app, handle: app.getRequestHandler() };
  });
  loading.catch((error: unknown) => log.error({ err: error }, 'the pages could not be loaded'));
  return {
    ready: loading.then(() => {}),
    close: async () => {
      const loaded = await loading.catch(() => undefined);
      await loaded?.app.close();
    },
    handle: async (request, response) => {
      try {
        assertReadable(request.url);
        const { handle } = await loading;
        withPagePolicy(request, response);
        await handle(request, response);
      } catch (error) {
        answer(response, problemOf(error, log));
      }
    },
  };
}

/** What Next.js would break at. */
function assertReadable(url = ''): void {
  try {
    if (url.startsWith('/') && decodeURI(url) !== '') return;
  } catch {
    // Said below.
  }
  throw new PalvellaError('invalid_request', 'The address cannot be read.');
}

/** Where only the API is wanted. */
export const noPages: Pages = {
  ready: Promise.resolve(),
  close: async () => {},
  handle: async (_, response) => {
    const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
    answer(response, problemOf(new PalvellaError('not_found', 'This server has no pages.'), log));
  },
};

function answer(response: ServerResponse, problem: { status: number }): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(problem));
}
