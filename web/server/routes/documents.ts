import { z } from 'zod';
import { ApprovalItem } from '../../../core/api/approvals.ts';
import * as objects from '../../../core/api/objects.ts';
import { ScheduleDetail, ScheduleSummary } from '../../../core/api/schedules.ts';
import { SearchResult } from '../../../core/api/search.ts';
import { FailingPipeline, Stats, StatsNow } from '../../../core/api/stats.ts';
import { Json, JsonObject } from '../../../core/json.ts';
import { sessionCookie } from '../../../platform/access/index.ts';
import { apiRoot, type Router } from '../http/router.ts';
import type { Services } from '../services.ts';

/** Innermost first, so that each is named where it stands in another. */
const components = {
  Json,
  JsonObject,
  Problem: objects.Problem,
  ProblemDetails: objects.ProblemDetails,
  ActionState: objects.ActionState,
  JobState: objects.JobState,
  RunSummary: objects.RunSummary,
  RunDetail: objects.RunDetail,
  PipelineSummary: objects.PipelineSummary,
  Definition: objects.Definition,
  ApplyResult: objects.ApplyResult,
  ApprovalItem,
  LogPage: objects.LogPage,
  StoredFile: objects.StoredFile,
  WorkerInfo: objects.WorkerInfo,
  Stats,
  StatsNow,
  FailingPipeline,
  SearchResult,
  ScheduleSummary,
  ScheduleDetail,
};
const maxAge = { 'cache-control': 'public, max-age=300' };

/** What the API says of itself. To be called after every other route. */
export function documentRoutes({ app, route }: Router, { url }: Pick<Services, 'url'>): void {
  for (const [name, schema] of Object.entries(components)) app.openAPIRegistry.register(name, schema);
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie(url),
  });
  let made: object | undefined;
  const openApi = () => {
    made ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Palvella', version: '1' },
      security: [{ token: [] }, { session: [] }],
    });
    return made;
  };

  route({
    method: 'get',
    path: '/openapi.json',
    tag: 'documents',
    summary: 'This API, as OpenAPI 3.1',
    permission: 'public',
    answer: z.looseObject({}),
    handle: ({ context }) => context.json(openApi(), 200, maxAge),
  });

  /** Where links of before lead. */
  app.get(`${apiRoot}/docs`, (context) => context.redirect('/reference'));
}
