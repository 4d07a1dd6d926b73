import { z } from 'zod';
import { page } from '../../../core/api/objects.ts';
import { JsonObject } from '../../../core/json.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { HolderName, PageQuery, Roles } from './shapes.ts';

const Kind = z.enum(['token', 'worker']);
const Time = z.iso.datetime();
const Token = z.object({
  id: z.string(),
  kind: z.enum([...Kind.options, 'session']),
  name: z.string(),
  roles: z.array(z.string()),
  createdAt: Time,
  expiresAt: Time.nullable(),
  usedAt: Time.nullable(),
});
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
    summary: 'Tokens, and sessions of browsers, without their secrets',
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
      name: HolderName,
      kind: Kind.default('token'),
      /** What it may do beside reading; administrator when absent. */
      roles: Roles.optional(),
      expiresAt: z.iso.datetime({ offset: true }).optional(),
    }),
    answer: Token.extend({ token: z.string() }),
    status: 201,
    handle: ({ body }) => access.tokens.create(body),
  });

  route({
    method: 'delete',
    path: '/tokens/{id}',
    summary: 'Make a token worthless, or end a session',
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
