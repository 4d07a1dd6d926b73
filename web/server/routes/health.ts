import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';

export function healthRoutes({ app }: Router, { db }: Services): void {
  /** The process answers. */
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  /** It can also do its work. */
  app.get('/readyz', async (context) => {
    await db.pool.query('select 1');
    return context.json({ status: 'ready' });
  });
}
