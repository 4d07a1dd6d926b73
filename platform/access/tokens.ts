import { PalvellaError } from '../../core/errors.ts';
import type { Database } from '../../prisma/database.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { hashOf, newSecret } from './secrets.ts';

interface TokenInfo {
  id: string;
  kind: 'token' | 'worker' | 'session';
  name: string;
  roles: string[];
  createdAt: string;
  expiresAt: string | null;
  usedAt: string | null;
}

export interface Tokens {
  /** The secret is in this answer and nowhere else. */
  create(token: {
    name: string;
    kind: 'token' | 'worker';
    /** Administrator when absent. */
    roles?: string[] | undefined;
    expiresAt?: string | undefined;
  }): Promise<TokenInfo & { token: string }>;
  /** Those that are good still or were not revoked, and who is signed in. */
  list(): Promise<TokenInfo[]>;
  revoke(id: string): Promise<void>;
  /** Sees to it that this secret is known, as `palvella start` has it in its data directory. */
  ensure(token: { secret: string; name: string; kind: 'token' | 'worker' }): Promise<void>;
}

export function createTokens({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>): Tokens {
  return {
    create: async ({ name, kind, roles, expiresAt }) => {
      const secret = newSecret();
      if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now()) {
        throw new PalvellaError('invalid_request', 'The token would have expired already.');
      }
      const row = await prisma.token.create({
        data: {
          name,
          kind,
          hash: hashOf(secret),
          expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
          ...(roles === undefined ? {} : { roles }),
        },
      });
      return { ...infoOf(row), token: secret };
    },
    list: async () => {
      const rows = await prisma.token.findMany({
        where: { OR: [{ kind: { in: ['token', 'worker'] } }, { kind: 'session', expiresAt: { gt: new Date() } }] },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(infoOf);
    },
    revoke: async (id) => {
      const { count } = /^[\da-f-]{36}$/i.test(id)
        ? await prisma.token.deleteMany({ where: { id, kind: { in: ['token', 'worker', 'session'] } } })
        : { count: 0 };
      if (count === 0) throw new PalvellaError('not_found', `There is no token or session ${id}.`);
    },
    ensure: async ({ secret, name, kind }) => {
      await pool.query(
        `insert into tokens (id, kind, name, hash) values ($1, $2, $3, $4) on conflict (hash) do nothing`,
        [uuid7(), kind, name, hashOf(secret)],
      );
    },
  };
}

function infoOf(row: {
  id: string;
  kind: string;
  name: string;
  roles: string[];
  createdAt: Date;
  expiresAt: Date | null;
  usedAt: Date | null;
}): TokenInfo {
  return {
    id: row.id,
    kind: row.kind as TokenInfo['kind'],
    name: row.name,
    roles: row.roles,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    usedAt: row.usedAt?.toISOString() ?? null,
  };
}
