import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunSummary, StoredFiles } from '../../core/api/objects.ts';
import type { FilePreview } from '../../core/api/previews.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
let run: RunSummary;
const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

beforeAll(async () => {
  setting = await createSetting({ temporal: true });
  await setting.apply(`name: keeps\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`);
  run = (await setting.call<RunSummary>('POST', '/pipelines/keeps/runs', {})).body;
  await put('out/page.html', Buffer.from('<script>alert(1)</script>'));
  await put('out/dot.png', png);
  await put('large.bin', Buffer.alloc(300_000, 'x'));
  await put('empty', Buffer.alloc(0));
});

async function put(key: string, bytes: Buffer): Promise<void> {
  await setting.services.files.put({ runId: run.id, key, jobPath: 'a' }, Readable.from([bytes]));
}

const get = (path: string) =>
  setting.request(`/api/v1/runs/${run.id}/${path}`, { headers: { authorization: `Bearer ${setting.token}` } });

describe('what a run stored', () => {
  test('is listed page after page, with how much all of it is; also by a part of the key, and one by its key', async () => {
    const list = async (query: string) =>
      (await setting.call<StoredFiles>('GET', `/runs/${run.id}/files?${query}`)).body;
    const all = { count: 4, size: 300_000 + png.length + 25 };
    const keys = ({ items }: StoredFiles) => items.map(({ key }) => key);
    const first = await list('limit=2');
    expect(first).toMatchObject({ ...all, next: 'large.bin' });
    expect(keys(first)).toEqual(['empty', 'large.bin']);
    const last = await list('limit=2&cursor=large.bin');
    expect(last).toMatchObject({ ...all, next: null });
    expect(keys(last)).toEqual(['out/dot.png', 'out/page.html']);
    expect(keys(await list('q=OUT%2FD'))).toEqual(['out/dot.png']);
    expect(await list('q=o_t')).toMatchObject({ ...all, items: [] });
    expect(keys(await list('key=empty'))).toEqual(['empty']);
    expect(keys(await list('key=out'))).toEqual([]);
  });

  test('is previewed as text, and only its beginning', async () => {
    const preview = async (key: string) =>
      (await setting.call<FilePreview>('GET', `/runs/${run.id}/files/${encodeURIComponent(key)}/preview`)).body;
    expect(await preview('out/page.html')).toEqual({ kind: 'text', text: '<script>alert(1)</script>', isCut: false });
    expect(await preview('large.bin')).toMatchObject({ kind: 'text', isCut: true });
    expect((await preview('large.bin')).text.length).toBe(256 * 1024);
    expect(await preview('out/dot.png')).toEqual({ kind: 'image', text: '', isCut: false });
    const missing = await setting.refused('GET', `/runs/${run.id}/files/none/preview`);
    expect(missing).toMatchObject({ status: 404 });
    expect(await setting.refused('GET', `/runs/${run.id}/files/${encodeURIComponent('../x')}/preview`)).toMatchObject({
      status: 400,
    });
  });

  test('is drawn where it is an image, in a sandbox, and else not given to a browser to show', async () => {
    const image = await get(`files/${encodeURIComponent('out/dot.png')}/image`);
    expect(Object.fromEntries(image.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(Buffer.from(await image.arrayBuffer())).toEqual(png);
    expect((await get(`files/${encodeURIComponent('out/page.html')}/image`)).status).toBe(404);
    const page = await get(`files/${encodeURIComponent('out/page.html')}`);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="page.html"',
    });
  });

  test('comes as one archive', async () => {
    const answer = await get('files.tar');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="keeps-${run.number}.tar"`);
    const found: Record<string, number> = {};
    const extract = tar.extract();
    Readable.fromWeb(answer.body as never).pipe(extract);
    for await (const entry of extract) {
      found[entry.header.name] = entry.header.size ?? -1;
      entry.resume();
    }
    expect(found).toEqual({ empty: 0, 'large.bin': 300_000, 'out/dot.png': png.length, 'out/page.html': 25 });
  });

  test('breaks off as an archive where one file is gone, so that a part is not taken for the whole', async () => {
    const { rows } = await setting.db.pool.query<{ blob: string }>(
      `select blob from stored_files where "runId" = $1 and key = 'out/dot.png'`,
      [run.id],
    );
    const blobs = join(setting.dataDir, 'blobs');
    const path = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).find((one) =>
      one.endsWith(rows[0]?.blob ?? '?'),
    );
    rmSync(join(blobs, path ?? '?'));
    await expect(get('files.tar').then((answer) => answer.arrayBuffer())).rejects.toThrow();
  });

  test('needs the right to read files', async () => {
    const answer = await setting.request(`/api/v1/runs/${run.id}/files.tar`);
    expect(answer.status).toBe(401);
  });
});

test('a summary that was written is listed and read, the newest of its Action', async () => {
  await setting.services.summaries.put({ runId: run.id, jobPath: 'a', action: 'run', text: '# One\0' });
  await setting.services.summaries.put({ runId: run.id, jobPath: 'a', action: 'run', text: '# Two\0' });
  const list = await setting.call<{ items: unknown[] }>('GET', `/runs/${run.id}/summaries`);
  expect(list.body.items).toEqual([{ jobPath: 'a', action: 'run', size: 6 }]);
  const read = await setting.call<{ text: string }>('GET', `/runs/${run.id}/summary?job=a&action=run`);
  expect(read.body.text).toBe('# Two\uFFFD');
  expect(await setting.refused('GET', `/runs/${run.id}/summary?job=a&action=none`)).toMatchObject({ status: 404 });
});
