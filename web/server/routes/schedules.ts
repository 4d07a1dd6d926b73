import { z } from 'zod';
import { page } from '../../../core/api/objects.ts';
import { Backfilled, NextTimes, ScheduleDetail, ScheduleSummary } from '../../../core/api/schedules.ts';
import { Schedule } from '../../../core/language/schema-schedule.ts';
import { overlapNames, timeZones } from '../../../platform/schedules/index.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name, PageQuery } from './shapes.ts';

const Params = z.object({ name: Name });
const path = '/schedules/{name}';
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export function scheduleRoutes({ route }: Router, { schedules }: Services): void {
  route({
    method: 'get',
    path: '/schedules',
    summary: 'Schedules as Temporal lists them, with the next ten times of each, by name',
    permission: 'definitionRead',
    query: PageQuery.extend({ q: z.string().max(200).optional() }),
    answer: page(ScheduleSummary),
    handle: async ({ query: { q, cursor, limit } }) => {
      const found = await schedules.list({ q, after: cursor, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.name ?? null) : null };
    },
  });

  route({
    method: 'post',
    path: '/schedules/preview',
    summary: 'The next ten times of a schedule that need not be saved, jitter left out',
    permission: 'definitionRead',
    body: z.object({ schedule: Schedule }),
    answer: NextTimes,
    handle: ({ body }) => schedules.preview(body.schedule),
  });

  route({
    method: 'get',
    path: '/time-zones',
    summary: 'Names of time zones, without their aliases',
    permission: 'definitionRead',
    answer: z.object({ items: z.array(z.string()) }),
    handle: () => ({ items: timeZones }),
  });

  route({
    method: 'get',
    path,
    summary: 'A schedule with what became of its last times',
    permission: 'definitionRead',
    params: Params,
    answer: ScheduleDetail,
    handle: ({ params }) => schedules.get(params.name),
  });

  for (const [word, summary] of [
    ['pause', 'Start nothing until somebody has it go on; what goes on goes on'],
    ['resume', 'Start by the clock again'],
  ] as const) {
    route({
      method: 'post',
      path: `${path}/${word}`,
      summary,
      permission: 'scheduleWrite',
      params: Params,
      body: z.object({ note: z.string().trim().max(1000).default('') }),
      handle: ({ params, body, identity }) =>
        schedules[word](params.name, body.note || `${word === 'pause' ? 'Paused' : 'Resumed'} by ${identity.name}`),
    });
  }

  route({
    method: 'post',
    path: `${path}/put-back`,
    summary: 'Have Temporal keep it as it is saved, whatever was changed there',
    permission: 'scheduleWrite',
    params: Params,
    handle: ({ params }) => schedules.putBack(params.name),
  });

  route({
    method: 'post',
    path: `${path}/run`,
    summary: 'Start what it starts, now, beside all that goes on',
    permission: 'executorRun',
    params: Params,
    handle: ({ params, identity }) => schedules.run(params.name, identity.name),
  });

  route({
    method: 'post',
    path: `${path}/backfill`,
    summary:
      'Start what it would have started from one moment on until another; a time that had its start gets no second',
    permission: 'executorRun',
    params: Params,
    body: z.object({ from: Moment, to: Moment, overlap: z.enum(overlapNames).default('buffer_all') }),
    answer: Backfilled,
    handle: ({ params, body, identity }) => schedules.backfill(params.name, body, identity.name),
  });
}
