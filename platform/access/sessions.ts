import { PalvellaError } from '../../core/errors.ts';
import type { Database } from '../../prisma/database.ts';
import { transaction } from '../../prisma/transaction.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { hashOf, newSecret } from './secrets.ts';

export interface Sessions {
  /** Makes the one link that signs this person in, once; links made for them before are worthless then. */
  createLink(person?: { name: string; roles: readonly string[] }): Promise<string>;
  /** Exchanges a link's secret for a session's, which is of the link's person and has their roles. */
  signIn(link: string): Promise<{ secret: string; name: string; roles: string[] }>;
  signOut(secret: string): Promise<void>;
}

/** Whoever has a link that names nobody. */
export const administrator = 'local/admin';
export const sessionSeconds = 30 * 24 * 3600;
const linkMinutes = 15;

export function createSessions({ pool }: Pick<Database, 'pool'>): Sessions {
  return {
    createLink: async (person) => {
      const secret = newSecret();
      const [name, roles] =
        person === undefined ? [administrator, ['administrator']] : [`person/${person.name}`, person.roles];
      await transaction(pool, async (client) => {
        await client.query(
          `delete from tokens
           where (kind = 'link' and name = $1) or (kind in ('link', 'session') and "expiresAt" < now())`,
          [name],
        );
        await client.query(
          `insert into tokens (id, kind, name, roles, hash, "expiresAt")
           values ($1, 'link', $2, $3, $4, now() + make_interval(mins => $5))`,
          [uuid7(), name, roles, hashOf(secret), linkMinutes],
        );
      });
      return secret;
    },

    signIn: async (link) => {
      const secret = newSecret();
      // Who deletes the link has it: of two at the same time one finds nothing.
      const { rows } = await pool.query<{ name: string; roles: string[] }>(
        `with used as (delete from tokens where kind = 'link' and hash = $1 and "expiresAt" > now() returning name, roles)
         insert into tokens (id, kind, name, roles, hash, "expiresAt")
         select $2::uuid, 'session', name, roles, $3, now() + make_interval(secs => $4) from used returning name, roles`,
        [hashOf(link), uuid7(), hashOf(secret), sessionSeconds],
      );
      const [session] = rows;
      if (session !== undefined) return { secret, ...session };
      throw new PalvellaError('unauthenticated', 'This link has been used, or is older than 15 minutes.', {
        remedy: 'palvella sign-in prints a new one; --as and --role name for whom.',
      });
    },

    signOut: async (secret) => {
      await pool.query(`delete from tokens where kind = 'session' and hash = $1`, [hashOf(secret)]);
    },
  };
}
