import { z } from 'zod';
import { PipelineSummary, page, RunSummary } from '../../../core/api/objects.ts';
import { PalvellaError } from '../../../core/errors.ts';
import { JsonObject } from '../../../core/json.ts';
import { Priority } from '../../../core/priority.ts';
import type { RunnableDefinition } from '../../../platform/definitions/index.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name, PageQuery } from './shapes.ts';

const lastRuns = 10;
const mostKeyLength = 200;

export function pipelineRoutes({ route }: Router, { definitions, runs }: Services): void {
  async function withRuns(found: readonly RunnableDefinition[]): Promise<PipelineSummary[]> {
    const newest = await runs.newestOf(
      found.map(({ name }) => name),
      lastRuns,
    );
    return found.map(({ name, formerNames, description, version, updatedAt, parameters }) => ({
      name,
      formerNames,
      description,
      version,
      updatedAt,
      parameters,
      lastRuns: newest.get(name) ?? [],
    }));
  }

  route({
    method: 'get',
    path: '/pipelines',
    summary: 'Pipelines with their last runs, by name',
    permission: 'definitionRead',
    query: PageQuery.extend({ q: z.string().max(200).optional() }),
    answer: page(PipelineSummary),
    handle: async ({ query: { q, cursor, limit } }) => {
      const found = await definitions.pipelines({ q, after: cursor, limit: limit + 1 });
      const items = await withRuns(found.slice(0, limit));
      return { items, next: found.length > limit ? (items.at(-1)?.name ?? null) : null };
    },
  });

  route({
    method: 'get',
    path: '/pipelines/{name}',
    summary: 'A Pipeline with its last runs',
    permission: 'definitionRead',
    params: z.object({ name: Name }),
    answer: PipelineSummary,
    handle: async ({ params }) => (await withRuns([await definitions.pipeline(params.name)]))[0],
  });

  route({
    method: 'post',
    path: '/pipelines/{name}/runs',
    summary: 'Start a run of a Pipeline, or of a Job or Action by itself; the header idempotency-key makes it one run',
    permission: 'executorRun',
    params: z.object({ name: Name }),
    body: z.object({ parameters: JsonObject.default({}), priority: Priority.optional() }),
    answer: RunSummary,
    status: 201,
    handle: ({ params, body, identity, context }) =>
      runs.start({
        name: params.name,
        parameters: body.parameters,
        priority: body.priority,
        startedBy: identity.name,
        idempotencyKey: idempotencyKey(context.req.header('idempotency-key')),
      }),
  });
}

export function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (header.length <= mostKeyLength) return header;
  throw new PalvellaError('invalid_request', `An idempotency key has at most ${mostKeyLength} characters.`);
}
