import { z } from 'zod';
import { page } from '../../../core/api/objects.ts';
import { JsonObject } from '../../../core/json.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { PageQuery } from './shapes.ts';

const Kind = z.enum(['token', 'worker']);
const Time = z.iso.datetime();
const Token = z.object({
  id: z.string(),
  kind: Kind,
  name: z.string(),
  roles: z.array(z.string()),
  createdAt: Time,
  expiresAt: Time.nullable(),
  usedAt: Time.nullable(),
});
/** Without a slash: names with one are the server's own. */
const TokenName = z.string().regex(/^[A-Za-z0-9][\w.@ -]{0,99}$/, 'letters, digits, spaces and _ . @ - only');
const RoleName = z.string().regex(/^[A-Za-z][\w.-]{0,99}$/, 'a role is a letter, then letters, digits and _ . -');
const AuditEntry = z.object({
  id: z.string(),
  at: Time,
  who: z.string(),
  method: z.string(),
  what: z.string(),
  detail: JsonObject,
});

export function tokenRoutes({ route }: Router, { access, audit }: Services): void {
  route({
    method: 'get',
    path: '/tokens',
    summary: 'Tokens, without their secrets',
    permission: 'tokenWrite',
    answer: page(Token),
    handle: async () => ({ items: await access.tokens.list(), next: null }),
  });

  route({
    method: 'post',
    path: '/tokens',
    summary: 'Make a token; its secret is in this answer only',
    permission: 'tokenWrite',
    body: z.object({
      name: TokenName,
      kind: Kind.default('token'),
      /** What it may do beside reading; administrator when absent. */
      roles: z.array(RoleName).min(1).max(20).optional(),
      expiresAt: z.iso.datetime({ offset: true }).optional(),
    }),
    answer: Token.extend({ token: z.string() }),
    status: 201,
    handle: ({ body }) => access.tokens.create(body),
  });

  route({
    method: 'delete',
    path: '/tokens/{id}',
    summary: 'Make a token worthless',
    permission: 'tokenWrite',
    params: z.object({ id: z.string().max(100) }),
    handle: ({ params }) => access.tokens.revoke(params.id),
  });

  route({
    method: 'get',
    path: '/audit',
    summary: 'Who changed what, and what was refused to whom, newest first',
    permission: 'tokenWrite',
    query: PageQuery,
    answer: page(AuditEntry),
    handle: ({ query }) => audit.list(query),
  });
}
