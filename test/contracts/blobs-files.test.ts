import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileBlobs } from '../../platform/blobs/index.ts';
import { blobsContract } from './blobs.ts';

blobsContract('files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-blobs-'));
  return { blobs: createFileBlobs(join(folder, 'blobs')), close: () => rm(folder, { recursive: true }) };
});
