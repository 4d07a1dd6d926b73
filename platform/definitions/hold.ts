import type { PoolClient } from 'pg';
import { allDefinitions, type DefinitionRow, lockDefinitions } from '../../prisma/repositories/definitions.ts';
import { missing } from './read.ts';

/** One that is to change, with all that is saved. Until the end of the transaction nobody else saves. */
export async function holdDefinition(
  client: PoolClient,
  kind: string,
  name: string,
): Promise<{ found: DefinitionRow; saved: DefinitionRow[] }> {
  await lockDefinitions(client);
  const saved = await allDefinitions(client);
  const found = saved.find((row) => row.kind === kind && row.name === name);
  if (found === undefined) throw await missing(client, kind, name);
  return { found, saved };
}
