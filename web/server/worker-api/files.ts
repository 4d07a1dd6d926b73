import { Readable } from 'node:stream';
import { z } from 'zod';
import { StoreKey } from '../../../core/store-key.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import type { Grants } from './grant.ts';
import { contentLength, sized } from './raw-body.ts';

const Params = z.object({ key: StoreKey });
const largestFile = 10 * 1024 ** 3;

/** Files of the Job's run. */
export function fileRoutes({ route }: Router, { files }: Services, grants: Grants): void {
  route({
    method: 'put',
    path: '/worker/files/{key}',
    summary: 'Store a file in the run',
    permission: 'workerServe',
    params: Params,
    handle: async ({ params, ...call }) => {
      const { runId, jobPath } = await grants.openJob(call);
      const length = contentLength(call.context, largestFile);
      await files.put({ runId, jobPath, key: params.key }, sized(call.context, length));
    },
  });

  route({
    method: 'get',
    path: '/worker/files/{key}',
    summary: 'A file that the run has stored, or taken over',
    permission: 'workerServe',
    params: Params,
    media: 'application/octet-stream',
    handle: async ({ params, ...call }) => {
      const { runId } = await grants.job(call);
      const { size, content } = await files.get(runId, params.key);
      return new Response(Readable.toWeb(content) as ReadableStream, {
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
      });
    },
  });
}
