import { createServer, type IncomingMessage } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { pino } from 'pino';
import { loadActionPlugins } from '../../platform/plugins/load.ts';
import { temporalPlace } from '../../platform/temporal/client.ts';
import { createApp } from './app.ts';
import { sendConsoleTo } from './console.ts';
import { attachLive } from './live/index.ts';
import { noPages, openPages } from './pages.ts';
import { createServices } from './services.ts';

const port = Number(process.env['PALVELLA_PORT'] ?? 3000);
const hostname = process.env['PALVELLA_HOST'] ?? '127.0.0.1';
/** How long requests that are under way may take when the server ends. */
const graceMs = 3_000;

const log = pino({ name: 'web', level: process.env['PALVELLA_LOG_LEVEL'] ?? 'info' });
sendConsoleTo(log);
const services = createServices({
  databaseUrl: required('DATABASE_URL'),
  temporal: temporalPlace(process.env),
  url: (process.env['PALVELLA_URL'] ?? `http://localhost:${port}`).replace(/\/+$/, ''),
  dataDir: process.env['PALVELLA_DATA_DIR'] ?? '.palvella',
  environment: process.env,
  plugins: await loadActionPlugins(process.env['PALVELLA_PLUGINS']),
  warn: (message, error) => log.warn({ err: error }, message),
});
const api = getRequestListener(createApp(services, log).fetch, { overrideGlobalObjects: false });
const pages = process.env['PALVELLA_PAGES'] === 'off' ? noPages : openPages({ hostname, port, log });
const server = createServer((request, response) => {
  const answered = isApi(request) ? api(request, response) : pages.handle(request, response);
  answered.catch((error: unknown) => {
    log.error({ err: error }, 'a request broke');
    response.destroy();
  });
});
const live = attachLive(server, services, log);
await new Promise<void>((done, fail) => {
  server.once('error', fail);
  server.listen(port, hostname, done);
});
await pages.ready;
process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end());

async function end(): Promise<void> {
  live.close();
  const closed = new Promise((done) => server.close(done));
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(force);
  await pages.close();
  await services.close();
  process.exit(0);
}

function isApi({ url = '/' }: IncomingMessage): boolean {
  return /^\/(api\/|healthz(\?|$)|readyz(\?|$))/.test(url);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set.`);
  return value;
}
