import type { JsonObject } from '../../core/json.ts';
import type { Database } from '../../prisma/database.ts';
import { storableJson, storableText } from '../../prisma/storable.ts';
import { readCursor } from '../cursor.ts';

interface AuditEntry {
  /** Name of an identity. */
  who: string;
  /** The right that was used or wanted. */
  method: string;
  what: string;
  detail: JsonObject;
}

export interface Audit {
  record(entry: AuditEntry): Promise<void>;
  /** Newest first; `cursor` is what `next` was. */
  list(options: { cursor?: string | undefined; limit: number }): Promise<{
    items: (AuditEntry & { id: string; at: string })[];
    next: string | null;
  }>;
}

export function createAudit({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>): Audit {
  return {
    record: async ({ who, method, what, detail }) => {
      await pool.query('insert into audit_entries (who, method, what, detail) values ($1, $2, $3, $4)', [
        who,
        method,
        storableText(what.slice(0, 2000)),
        storableJson(detail),
      ]);
    },
    list: async ({ cursor, limit }) => {
      const before = readCursor(cursor, (id) => (/^\d{1,18}$/.test(id) ? BigInt(id) : undefined));
      const rows = await prisma.auditEntry.findMany({
        where: before === undefined ? {} : { id: { lt: before } },
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      const items = rows.slice(0, limit).map((row) => ({
        id: String(row.id),
        at: row.at.toISOString(),
        who: row.who,
        method: row.method,
        what: row.what,
        detail: row.detail as JsonObject,
      }));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
}
