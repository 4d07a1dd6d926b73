import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { plugin } from './index.ts';

describe('load', () => {
  test('puts the stored file where it is asked for', async () => {
    const get = (key: string) => Promise.resolve(Readable.from([`content of ${key}`]));
    const { context, folder } = await contextFor({ files: { get, put: () => Promise.reject(new Error('no')) } });
    expect(await plugin.execute(context, { key: 'a/plan', path: 'deep/tfplan' })).toMatchObject({
      status: 'succeeded',
    });
    expect(await readFile(join(folder, 'deep/tfplan'), 'utf8')).toBe('content of a/plan');
  });

  test('of a content that is named puts that there, and nothing of any other', async () => {
    const get = () => Promise.resolve(Readable.from(['a', 'pproved']));
    const { context, folder } = await contextFor({ files: { get, put: () => Promise.reject(new Error('no')) } });
    const sha256 = createHash('sha256').update('approved').digest('hex');
    const load = (digest: string) => plugin.execute(context, { key: 'plan', path: 'tfplan', sha256: digest });
    expect(await load('0'.repeat(64))).toMatchObject({ status: 'failed', reason: expect.stringContaining(sha256) });
    await expect(readFile(join(folder, 'tfplan'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await load(sha256)).toMatchObject({ status: 'succeeded' });
    expect(await readFile(join(folder, 'tfplan'), 'utf8')).toBe('approved');
  });

  test('may not put it outside the workspace', async () => {
    const get = () => Promise.resolve(Readable.from(['x']));
    const { context } = await contextFor({ files: { get, put: () => Promise.reject(new Error('no')) } });
    await expect(plugin.execute(context, { key: 'a', path: '../x' })).rejects.toMatchObject({ code: 'engine_refused' });
  });
});
