import { beforeAll, expect, test } from 'vitest';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: false });
});

const id = '0198a0a0-0000-7000-8000-000000000000';
const ofRun = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

test.each([
  ['/approvals', ['', 'x', '1', `${id}0`]],
  ['/deliveries', ['', 'x', '1', `${id}0`]],
  ['/audit', ['', 'x', '-1', id, '1'.repeat(19)]],
  [
    '/runs',
    [
      '',
      'x',
      id,
      ofRun('2030-02-31T00:00:00.000Z', id),
      ofRun('0000-01-01T00:00:00.000Z', id),
      ofRun('2030-01-01T00:00:00.000Z', '-'.repeat(36)),
    ],
  ],
  ['/stats/failing', ['', 'x', id, '2030-02-31T00:00:00.000Z/a', '2030-01-01T00:00:00.000Z/']],
])('%s begins nowhere but where a page of it ended', async (path, cursors) => {
  for (const cursor of cursors) {
    expect(await setting.refused('GET', `${path}?cursor=${encodeURIComponent(cursor)}`), cursor).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: expect.stringContaining('The cursor is none of ours.'),
      remedy: 'Use what next was.',
    });
  }
});

test.each([
  ['/approvals', id],
  ['/deliveries', id],
  ['/audit', '1'],
  ['/runs', ofRun('2030-01-01T00:00:00.000Z', id)],
  ['/stats/failing', '2030-01-01T00:00:00.000Z/a'],
])('%s takes what next was', async (path, cursor) => {
  expect((await setting.call('GET', `${path}?cursor=${encodeURIComponent(cursor)}`)).body).toEqual({
    items: [],
    next: null,
  });
});
