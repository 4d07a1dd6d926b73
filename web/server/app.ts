import type { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import type { Log } from './http/problem.ts';
import { createRouter } from './http/router.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { credentialRoutes } from './routes/credentials.ts';
import { definitionRoutes } from './routes/definitions.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { documentRoutes } from './routes/documents.ts';
import { fileViewRoutes } from './routes/file-views.ts';
import { fileRoutes } from './routes/files.ts';
import { forkRoutes } from './routes/forks.ts';
import { healthRoutes } from './routes/health.ts';
import { hookRoutes } from './routes/hooks.ts';
import { libraryRoutes } from './routes/library.ts';
import { lockRoutes } from './routes/locks.ts';
import { logRoutes } from './routes/logs.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { pauseRoutes } from './routes/pause.ts';
import { pipelineRoutes } from './routes/pipelines.ts';
import { runRoutes } from './routes/runs.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { statsRoutes } from './routes/stats.ts';
import { summaryRoutes } from './routes/summaries.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { tryRoutes } from './routes/tries.ts';
import { workerRoutes } from './routes/workers.ts';
import type { Services } from './services.ts';
import { workerApi } from './worker-api/index.ts';

/** The HTTP API. */
export function createApp(services: Services, log: Log): OpenAPIHono {
  const router = createRouter({
    url: services.url,
    log,
    identify: services.access.identify,
    // What was done is done, so the answer is the same where it cannot be written down.
    audit: (entry) =>
      services.audit.record(entry).catch((error: unknown) => log.error({ err: error, entry }, 'not in the audit log')),
  });
  router.app.use(compress());
  router.app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'same-origin');
    if (context.res.headers.get('content-security-policy') === null) {
      context.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    }
  });
  healthRoutes(router, services);
  sessionRoutes(router, services);
  definitionRoutes(router, services);
  catalogueRoutes(router, services);
  libraryRoutes(router, services);
  pipelineRoutes(router, services);
  runRoutes(router, services);
  forkRoutes(router, services);
  approvalRoutes(router, services);
  hookRoutes(router, services);
  credentialRoutes(router, services);
  deliveryRoutes(router, services);
  statsRoutes(router, services);
  notificationRoutes(router, services);
  searchRoutes(router, services);
  tokenRoutes(router, services);
  logRoutes(router, services);
  fileRoutes(router, services);
  fileViewRoutes(router, services);
  summaryRoutes(router, services);
  tryRoutes(router, services);
  workerRoutes(router, services);
  lockRoutes(router, services);
  pauseRoutes(router, services);
  scheduleRoutes(router, services);
  workerApi(router, services);
  documentRoutes(router, services);
  return router.app;
}
