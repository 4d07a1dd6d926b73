import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import { errorCode, PalvellaError, type Problem } from '../../../core/errors.ts';
import { allowed, type Identity, type PermissionMethod, refusedRight } from '../../../core/permissions.ts';
import { jsonBody } from './body.ts';
import { isOwnOrigin, isSafeMethod } from './origin.ts';
import { type Log, problemOf, problemResponse } from './problem.ts';

/** Whoever a request's credentials belong to. */
interface Caller {
  identity: Identity;
  /** `cookie`: a browser sends it by itself, so its requests must come from our own pages. */
  by: 'token' | 'cookie';
}

export interface RouterOptions {
  /** The address that people open. */
  url: string;
  log: Log;
  identify(headers: Headers): Promise<Caller | undefined>;
  /**
   * Writes down every change that a person or program made, and what was refused to one. Awaited before the answer, so that
   * what a caller does one after another is written in that order.
   */
  audit(entry: { who: string; method: string; what: string; detail: Record<string, string | number> }): Promise<void>;
}

type Shape = z.ZodType | undefined;
type Read<Schema extends Shape> = Schema extends z.ZodType ? z.output<Schema> : undefined;

interface Call<Params extends Shape, Query extends Shape, Body extends Shape> {
  params: Read<Params>;
  query: Read<Query>;
  body: Read<Body>;
  /** Of nobody where the route is public. */
  identity: Identity;
  context: Context;
}

interface Route<Params extends Shape = undefined, Query extends Shape = undefined, Body extends Shape = undefined> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI has it: `/runs/{run}`; below `/api/v1`. */
  path: `/${string}`;
  summary: string;
  /** The group it is told in; absent: the first part of its path. */
  tag?: string;
  /** The right that it needs; the one place that says so. */
  permission: PermissionMethod | 'public';
  params?: Params;
  query?: Query;
  /** A JSON body. A route without one may read the request's own stream. */
  body?: Body;
  /** What it answers with, as JSON; absent: nothing, 204. */
  answer?: z.ZodType;
  /** 200 where there is an answer, unless given. */
  status?: 200 | 201 | 202;
  /** Media type of an answer that is not JSON; the handler then gives a Response. */
  media?: string;
  handle(call: Call<Params, Query, Body>): unknown;
}

export interface Router {
  app: OpenAPIHono;
  route<Params extends Shape = undefined, Query extends Shape = undefined, Body extends Shape = undefined>(
    route: Route<Params, Query, Body>,
  ): void;
}

export const apiRoot = '/api/v1';
const nobody: Identity = { name: 'nobody', kind: 'person', roles: [] };

/** Routes that check who calls, what they may, and what they send, before their own code sees anything. */
export function createRouter(options: RouterOptions): Router {
  const app = new OpenAPIHono();
  app.onError((error) => problemResponse(problemOf(error, options.log)));
  app.notFound((context) =>
    problemResponse(problemOf(new PalvellaError('not_found', `There is nothing at ${context.req.path}.`), options.log)),
  );
  return {
    app,
    route: (route) => {
      app.openAPIRegistry.registerPath(documented(route));
      const path = apiRoot + route.path.replaceAll(/\{(\w+)\}/g, ':$1');
      app.on(route.method.toUpperCase(), path, (context) => serve(route, context, options));
    },
  };
}

async function serve<Params extends Shape, Query extends Shape, Body extends Shape>(
  route: Route<Params, Query, Body>,
  context: Context,
  options: RouterOptions,
): Promise<Response> {
  const identity = await authorize(route.permission, context, options);
  const { req } = context;
  const call = {
    params: read(route.params, req.param(), 'path'),
    query: read(route.query, req.query(), 'query'),
    body: route.body === undefined ? undefined : read(route.body, await jsonBody(req.raw), 'body'),
    identity,
    context,
  } as Call<Params, Query, Body>;
  const answer = await handled(() => route.handle(call), identity, route.permission, context, options);
  if (!isSafeMethod(req.method) && identity.kind !== 'worker') {
    await options.audit({
      who: identity.name,
      method: route.permission,
      what: `${req.method} ${req.path}`,
      detail: {},
    });
  }
  if (answer instanceof Response) return answer;
  if (route.answer === undefined) return context.body(null, 204);
  return jsonAnswer(context, answer, route.status ?? 200);
}

/** With its length, as what is short is not worth compressing. */
function jsonAnswer(context: Context, answer: unknown, status: 200 | 201 | 202): Response {
  const text = JSON.stringify(answer);
  return context.body(text, status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    'cache-control': 'no-store',
  });
}

/** What a route itself refuses to somebody is told as what the table of rights refuses. */
async function handled(
  handle: () => unknown,
  identity: Identity,
  permission: PermissionMethod | 'public',
  { req }: Context,
  options: RouterOptions,
): Promise<unknown> {
  try {
    return await handle();
  } catch (error) {
    if (errorCode(error) === 'forbidden' && identity.kind !== 'worker') {
      const detail = { refused: (error as Error).message };
      await options.audit({ who: identity.name, method: permission, what: `${req.method} ${req.path}`, detail });
    }
    throw error;
  }
}

async function authorize(
  permission: PermissionMethod | 'public',
  context: Context,
  options: RouterOptions,
): Promise<Identity> {
  const { raw, method, path } = context.req;
  if (permission === 'public') return nobody;
  const caller = await options.identify(raw.headers);
  if (caller === undefined) {
    throw new PalvellaError('unauthenticated', 'This needs a session or a token.', {
      remedy: 'Open the sign-in link that palvella start prints, or send a token made with palvella token create.',
    });
  }
  const refuse = async (message: string, remedy?: string): Promise<never> => {
    await options.audit({
      who: caller.identity.name,
      method: permission,
      what: `${method} ${path}`,
      detail: { refused: message },
    });
    throw new PalvellaError('forbidden', message, remedy === undefined ? {} : { remedy });
  };
  if (caller.by === 'cookie' && !isSafeMethod(method) && !isOwnOrigin(raw.headers, options.url)) {
    return await refuse('The request comes from another site.', 'Use a page of this server, or a token.');
  }
  if (!allowed(caller.identity, permission)) {
    const { message, remedy } = refusedRight(caller.identity, permission);
    return await refuse(message, remedy);
  }
  return caller.identity;
}

function read(schema: Shape, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (schema === undefined) return undefined;
  const result = parse(schema, value);
  if (result.success) return result.data;
  const problems: Problem[] = result.error.issues.map(({ path, message }) => ({
    file: '',
    line: 1,
    column: 1,
    path: path.map(String).join('.'),
    message: `${[where, ...path.map(String)].join('.')}: ${message}`,
  }));
  throw new PalvellaError('invalid_request', problems.map(({ message }) => message).join('; '), { problems });
}

function parse(schema: z.ZodType, value: unknown) {
  try {
    return schema.safeParse(value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new PalvellaError('invalid_request', 'The body is nested too deep.', { cause });
  }
}

function documented<Params extends Shape, Query extends Shape, Body extends Shape>(
  route: Route<Params, Query, Body>,
): RouteConfig {
  const { params, query, body, answer, media } = route;
  const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
  const good =
    media !== undefined ? { content: { [media]: {} } } : answer === undefined ? {} : { content: json(answer) };
  return {
    method: route.method,
    path: apiRoot + route.path,
    summary: route.summary,
    tags: [route.tag ?? route.path.split('/')[1] ?? ''],
    ...(route.permission === 'public' ? { security: [] } : { 'x-permission': route.permission }),
    request: {
      ...(params === undefined ? {} : { params: params as never }),
      ...(query === undefined ? {} : { query: query as never }),
      ...(body === undefined ? {} : { body: { content: json(body), required: true } }),
    },
    responses: {
      [route.status ?? (answer === undefined && media === undefined ? 204 : 200)]: { description: 'Done', ...good },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
      },
    },
  };
}
