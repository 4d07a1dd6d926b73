import { PalvellaError } from '../../core/errors.ts';
import type { Database } from '../../prisma/database.ts';
import { transaction } from '../../prisma/transaction.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { hashOf, newSecret } from './secrets.ts';

export interface Sessions {
  /** Makes the one link that signs a browser in, once; links made before are worthless then. */
  createLink(): Promise<string>;
  /** Exchanges a link's secret for a session's. */
  signIn(link: string): Promise<{ secret: string; name: string }>;
  signOut(secret: string): Promise<void>;
}

/** Until there are accounts, whoever has the link. */
export const administrator = 'local/admin';
export const sessionSeconds = 30 * 24 * 3600;
const linkMinutes = 15;

export function createSessions({ pool }: Pick<Database, 'pool'>): Sessions {
  return {
    createLink: async () => {
      const secret = newSecret();
      await transaction(pool, async (client) => {
        await client.query(`delete from tokens where kind = 'link' or (kind = 'session' and "expiresAt" < now())`);
        await client.query(
          `insert into tokens (id, kind, name, hash, "expiresAt")
           values ($1, 'link', $2, $3, now() + make_interval(mins => $4))`,
          [uuid7(), administrator, hashOf(secret), linkMinutes],
        );
      });
      return secret;
    },

    signIn: async (link) => {
      const secret = newSecret();
      // Who deletes the link has it: of two at the same time one finds nothing.
      const { rows } = await pool.query<{ name: string }>(
        `with used as (delete from tokens where kind = 'link' and hash = $1 and "expiresAt" > now() returning name)
         insert into tokens (id, kind, name, hash, "expiresAt")
         select $2::uuid, 'session', name, $3, now() + make_interval(secs => $4) from used returning name`,
        [hashOf(link), uuid7(), hashOf(secret), sessionSeconds],
      );
      const [session] = rows;
      if (session !== undefined) return { secret, name: session.name };
      throw new PalvellaError('unauthenticated', 'This link has been used, or is older than 15 minutes.', {
        remedy: 'palvella sign-in prints a new one.',
      });
    },

    signOut: async (secret) => {
      await pool.query(`delete from tokens where kind = 'session' and hash = $1`, [hashOf(secret)]);
    },
  };
}
