import { builtInCatalogue } from '../../../core/language/index.ts';
import { createDefinitions } from '../../../platform/definitions/index.ts';
import type { Database } from '../../../prisma/database.ts';
import { transaction } from '../../../prisma/transaction.ts';
import { documents } from './documents.ts';
import { statements } from './statements.ts';

/**
 * Fills an empty, migrated database as months of use would: Pipelines saved as people save them, and runs of the last 30
 * days with their Jobs, Actions, approvals and files. Few Pipelines have most of the runs; a tenth of these broke; some
 * are still open. The same each time but for the present moment.
 */
export async function fillDatabase(db: Database, many: { runs: number; pipelines: number }): Promise<void> {
  const definitions = createDefinitions({ db, catalogue: builtInCatalogue });
  await definitions.apply({ files: documents(many.pipelines), author: 'local/admin', note: 'The first version' });
  await transaction(db.pool, async (client) => {
    await client.query('select setseed(0.42)');
    for (const { text, values = [] } of statements(many.runs)) await client.query(text, values);
  });
  await db.pool.query('analyze');
}
