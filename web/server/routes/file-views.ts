import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { FilePreview } from '../../../core/api/previews.ts';
import { PalvellaError } from '../../../core/errors.ts';
import { StoreKey } from '../../../core/store-key.ts';
import type { Files } from '../../../platform/files/index.ts';
import { imageOf, previewFile } from '../../../platform/files/preview.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { RunParams } from './shapes.ts';

const filesAtOnce = 1000;

/** Ways to look at what runs stored, beside downloading one file. */
export function fileViewRoutes({ route }: Router, { runs, files }: Services): void {
  const FileParams = RunParams.extend({ key: StoreKey });

  route({
    method: 'get',
    path: '/runs/{run}/files/{key}/preview',
    summary: 'The beginning of a stored text, or that it is an image, or neither',
    permission: 'fileRead',
    params: FileParams,
    answer: FilePreview,
    handle: async ({ params }) => previewFile(files, (await runs.find(params.run)).id, params.key),
  });

  route({
    method: 'get',
    path: '/runs/{run}/files/{key}/image',
    summary: 'A stored PNG, JPEG, GIF or WebP, to be drawn',
    permission: 'fileRead',
    params: FileParams,
    media: 'image/*',
    handle: async ({ params }) => {
      const image = await imageOf(files, (await runs.find(params.run)).id, params.key);
      if (image === undefined) throw new PalvellaError('not_found', `${params.key} is no image that is shown.`);
      return new Response(Readable.toWeb(image.content) as ReadableStream, {
        headers: {
          'content-type': image.type,
          'content-length': String(image.size),
          // Opened by itself it is still nothing that acts.
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'no-store',
        },
      });
    },
  });

  route({
    method: 'get',
    path: '/runs/{run}/files.tar',
    summary: 'All that the run has stored or taken over, as one archive',
    permission: 'fileRead',
    params: RunParams,
    media: 'application/x-tar',
    handle: async ({ params, context }) => {
      const { id, pipeline: name, number } = await runs.find(params.run);
      const archive = tar.pack();
      context.req.raw.signal.addEventListener('abort', () => archive.destroy(), { once: true });
      // Where one cannot be read the answer breaks off, so that nobody takes a part for the whole.
      packAll(archive, files, id).catch((error: unknown) => archive.destroy(error as Error));
      return new Response(Readable.toWeb(Readable.from(archive)) as ReadableStream, {
        headers: {
          'content-type': 'application/x-tar',
          'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '-')}-${number}.tar"`,
          'cache-control': 'no-store',
        },
      });
    },
  });
}

async function packAll(archive: tar.Pack, files: Files, runId: string): Promise<void> {
  for (let after: string | undefined; ; ) {
    const page = await files.list(runId, { after, limit: filesAtOnce });
    for (const { key, storedAt } of page) {
      const { size, content } = await files.get(runId, key);
      await pipeline(content, archive.entry({ name: key, size, mtime: new Date(storedAt), mode: 0o644 }));
    }
    after = page.at(-1)?.key;
    if (page.length < filesAtOnce) break;
  }
  archive.finalize();
}
