import { builtInCatalogue } from '../../../core/language/index.ts';
import { createDefinitions } from '../../../platform/definitions/index.ts';
import type { Database } from '../../../prisma/database.ts';
import { transaction } from '../../../prisma/transaction.ts';
import { documents } from './documents.ts';
import { statements } from './statements.ts';

export interface Many {
  runs: number;
  pipelines: number;
  deliveries: number;
}

/**
 * Fills an empty, migrated database as months of use would: Pipelines and Triggers saved as people save them, and runs of
 * the last 30 days with their Jobs, Actions, approvals, files and what started them. Few Pipelines have most of the runs; a
 * tenth of these broke; some are still open, and wait for locks. The same each time but for the present moment.
 */
export async function fillDatabase(db: Database, many: Many): Promise<void> {
  const definitions = createDefinitions({ db, catalogue: builtInCatalogue });
  await definitions.apply({ files: documents(many.pipelines), author: 'local/admin', note: 'The first version' });
  await transaction(db.pool, async (client) => {
    await client.query('select setseed(0.42)');
    for (const { text, values = [] } of statements(many)) await client.query(text, values);
  });
  await db.pool.query('analyze');
}
