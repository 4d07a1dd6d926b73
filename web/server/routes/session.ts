import { z } from 'zod';
import { PalvellaError } from '../../../core/errors.ts';
import { signInUrl } from '../../../core/sign-in.ts';
import { sessionCookie, sessionOf, sessionSeconds } from '../../../platform/access/index.ts';
import { isOwnOrigin } from '../http/origin.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { HolderName, Roles } from './shapes.ts';

const Session = z.object({ name: z.string(), roles: z.array(z.string()) });
/** Nobody is given roles by leaving them out. */
const LinkFor = z
  .strictObject({ as: HolderName.optional(), roles: Roles.optional() })
  .refine(({ as, roles }) => (as === undefined) === (roles === undefined), 'a name and roles go together');

export function sessionRoutes({ route }: Router, { access, url }: Services): void {
  const setCookie = (value: string, maxAge: number) => {
    const secure = url.startsWith('https:') ? '; Secure' : '';
    return `${sessionCookie(url)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
  };

  route({
    method: 'get',
    path: '/session',
    summary: 'Who calls',
    permission: 'definitionRead',
    answer: Session,
    handle: ({ identity }) => ({ name: identity.name, roles: identity.roles }),
  });

  route({
    method: 'post',
    path: '/session',
    summary: 'Exchange a sign-in link, which works once, for a session',
    permission: 'public',
    body: z.object({ link: z.string().min(1).max(200) }),
    answer: Session,
    handle: async ({ body, context }) => {
      const { headers } = context.req.raw;
      // Another site could sign a reader in as somebody else.
      if (headers.get('origin') !== null && !isOwnOrigin(headers, url)) {
        throw new PalvellaError('forbidden', 'The request comes from another site.');
      }
      const { secret, ...session } = await access.sessions.signIn(body.link);
      // Of whoever this browser was until now: another page of it would show them still, and act as somebody else.
      const before = sessionOf(headers, url);
      if (before !== undefined) await access.sessions.signOut(before);
      context.header('set-cookie', setCookie(secret, sessionSeconds));
      return session;
    },
  });

  route({
    method: 'post',
    path: '/session/link',
    summary:
      'Make a link that signs one browser in, once, within 15 minutes, as local/admin or as the person named, with these roles; one made for them before is worthless then',
    permission: 'tokenWrite',
    body: LinkFor,
    answer: z.object({ url: z.string() }),
    status: 201,
    handle: async ({ body: { as, roles } }) => {
      const person = as === undefined || roles === undefined ? undefined : { name: as, roles };
      return { url: signInUrl(url, await access.sessions.createLink(person)) };
    },
  });

  route({
    method: 'delete',
    path: '/session',
    summary: 'Sign out',
    permission: 'definitionRead',
    handle: async ({ context }) => {
      const secret = sessionOf(context.req.raw.headers, url);
      if (secret !== undefined) await access.sessions.signOut(secret);
      context.header('set-cookie', setCookie('', 0));
    },
  });
}
