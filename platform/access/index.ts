import type { Identity } from '../../core/permissions.ts';
import type { Database } from '../../prisma/database.ts';
import { hashOf } from './secrets.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTokens, type Tokens } from './tokens.ts';

export { administrator, createSessions, sessionSeconds } from './sessions.ts';
export { createTokens } from './tokens.ts';

/** Who calls, and the tokens by which that is known. */
export interface Access {
  /** By `Authorization: Bearer`, else by the session's cookie. Undefined: nobody whom we know. */
  identify(headers: Headers): Promise<{ identity: Identity; by: 'token' | 'cookie' } | undefined>;
  tokens: Tokens;
  sessions: Sessions;
}

/** Whose a secret is. */
interface Holder {
  kind: string;
  name: string;
  roles: string[];
}

/** A browser sends a cookie to every port of a host, so two servers of one machine have their own. */
export function sessionCookie(url: string): string {
  const { port } = new URL(url);
  return port === '' ? 'palvella_session' : `palvella_session_${port}`;
}

/** When a token was last used is kept this exactly: a write for each request would cost more than it tells. */
const usedEvery = '1 minute';
/**
 * A Worker calls many times a second, so its token is looked up so often only: once revoked it is refused at once by the
 * process that was told so, and by others within this time.
 */
const workerKnownMs = 1_000;
const mostKnown = 1_000;

/** `url`: of the server, as browsers reach it. */
export function createAccess(db: Database, url: string): Access {
  const { pool } = db;
  const tokens = createTokens(db);
  const workers = new Map<string, Holder & { until: number }>();

  function keep(hash: string, { expiresAt, ...holder }: Holder & { expiresAt: Date | null }): void {
    if (workers.size >= mostKnown) workers.clear();
    const until = Math.min(Date.now() + workerKnownMs, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
    workers.set(hash, { ...holder, until });
  }

  /** One statement; the second only where the time of use is old. */
  async function find(secret: string, kinds: readonly string[]): Promise<Holder | undefined> {
    const hash = hashOf(secret);
    const worker = workers.get(hash);
    if (worker !== undefined && worker.until > Date.now() && kinds.includes(worker.kind)) return worker;
    const { rows } = await pool.query<Holder & { id: string; expiresAt: Date | null; stale: boolean }>({
      name: 'find-token',
      text: `select id, kind, name, roles, "expiresAt", "usedAt" is null or "usedAt" < now() - interval '${usedEvery}' as stale from tokens
             where hash = $1 and kind = any($2) and ("expiresAt" is null or "expiresAt" > now())`,
      values: [hash, kinds],
    });
    const [token] = rows;
    if (token?.stale) await pool.query('update tokens set "usedAt" = now() where id = $1', [token.id]);
    if (token?.kind === 'worker') keep(hash, token);
    return token;
  }

  return {
    identify: async (headers) => {
      const authorization = headers.get('authorization');
      if (authorization !== null) {
        const secret = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1];
        const token = secret === undefined ? undefined : await find(secret, ['token', 'worker']);
        return token === undefined ? undefined : { identity: identityOf(token), by: 'token' };
      }
      const secret = sessionOf(headers, url);
      const session = secret === undefined ? undefined : await find(secret, ['session']);
      return session === undefined ? undefined : { identity: identityOf(session), by: 'cookie' };
    },
    tokens: {
      ...tokens,
      revoke: async (id) => {
        await tokens.revoke(id);
        workers.clear();
      },
    },
    sessions: createSessions(db),
  };
}

/** Secret of the session that a request's cookies name. */
export function sessionOf(headers: Headers, url: string): string | undefined {
  const wanted = sessionCookie(url);
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value !== undefined && value.length <= 200) return value;
  }
  return undefined;
}

function identityOf({ kind, name, roles }: Holder): Identity {
  if (kind === 'worker') return { name: `worker/${name}`, kind: 'worker', roles: [] };
  return {
    // The administrator's own and those of sessions hold a slash, those that people give a token cannot.
    name: name.includes('/') ? name : `token/${name}`,
    kind: kind === 'session' ? 'person' : 'token',
    roles,
  };
}
