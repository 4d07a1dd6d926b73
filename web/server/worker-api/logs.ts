import { z } from 'zod';
import { LogClose, LogPosition } from '../../../core/api/worker.ts';
import { PalvellaError } from '../../../core/errors.ts';
import type { ActionKey } from '../../../core/keys.ts';
import { parseActionKey } from '../../../platform/logs/index.ts';
import type { JobGrant } from '../../../platform/workers/index.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import type { Grants } from './grant.ts';
import { withRawBody } from './raw-body.ts';

const Params = z.object({ key: z.string().min(1).max(4000) });
const Count = z.coerce.number().int().min(0);
/** A Worker gathers 1 MiB; what a process wrote at once may be more. */
const largestChunk = 8 * 1024 * 1024;

/** The writing side of logs. */
export function logRoutes({ route }: Router, { logs }: Services, grants: Grants): void {
  async function keyOf(grant: JobGrant, text: string): Promise<ActionKey> {
    const key = parseActionKey(text);
    if (key === undefined) throw new PalvellaError('invalid_request', 'That is no key of a log.');
    await grants.own(grant, key);
    return key;
  }

  route({
    method: 'get',
    path: '/worker/logs/{key}/position',
    summary: 'Where a log goes on',
    permission: 'workerServe',
    params: Params,
    answer: LogPosition,
    handle: async ({ params, ...call }) => logs.position(await keyOf(await grants.job(call), params.key)),
  });

  route({
    method: 'put',
    path: '/worker/logs/{key}/chunks/{seq}',
    summary: 'The next frames of a log; those already there are ignored',
    permission: 'workerServe',
    params: Params.extend({ seq: Count }),
    query: z.object({ end: Count }),
    handle: async ({ params, query, ...call }) => {
      const key = await keyOf(await grants.job(call), params.key);
      await withRawBody(call.context, largestChunk, (frames) =>
        logs.append(key, { seq: params.seq, end: query.end, frames }),
      );
    },
  });

  route({
    method: 'post',
    path: '/worker/logs/{key}/close',
    summary: 'Nothing more comes',
    permission: 'workerServe',
    params: Params,
    body: LogClose.extend({ seq: z.number().int().min(0) }),
    handle: async ({ params, body, ...call }) => logs.close(await keyOf(await grants.job(call), params.key), body.seq),
  });
}
