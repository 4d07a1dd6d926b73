import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { fileRoutes } from './files.ts';
import { createGrants } from './grant.ts';
import { jobRoutes } from './jobs.ts';
import { logRoutes } from './logs.ts';
import { presenceRoutes } from './presence.ts';
import { summaryRoutes } from './summaries.ts';

/** All that `core/api/worker.ts` says. */
export function workerApi(router: Router, services: Services): void {
  const grants = createGrants(services);
  presenceRoutes(router, services, grants);
  jobRoutes(router, services, grants);
  logRoutes(router, services, grants);
  fileRoutes(router, services, grants);
  summaryRoutes(router, services, grants);
}
