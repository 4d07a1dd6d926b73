import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { workerIdentity } from './identity.ts';
import { readSettings } from './settings.ts';

const environment = {
  PALVELLA_URL: 'http://127.0.0.1:4600/',
  PALVELLA_WORKER_TOKEN: 'plv_secret',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  PALVELLA_DATA_DIR: '/data',
};

describe('settings', () => {
  test('are read, with defaults', () => {
    expect(readSettings(environment)).toMatchObject({
      url: 'http://127.0.0.1:4600',
      namespace: 'default',
      stateFolder: '/data/worker',
      workerId: undefined,
      labels: {},
    });
    expect(readSettings({ ...environment, PALVELLA_WORKER_CAPACITY: '3' }).capacity).toBe(3);
    expect(readSettings({ ...environment, PALVELLA_WORKER_LABELS: 'arch=arm64, zone=a=b' }).labels).toEqual({
      arch: 'arm64',
      zone: 'a=b',
    });
    expect(readSettings({ ...environment, PALVELLA_WORKER_ENGINES: 'docker, local' }).engines).toEqual([
      'docker',
      'local',
    ]);
    expect(readSettings(environment).engines).toEqual([]);
  });

  test.each([
    ['PALVELLA_URL', 'nowhere'],
    ['PALVELLA_WORKER_TOKEN', ''],
    ['TEMPORAL_ADDRESS', undefined],
    ['PALVELLA_WORKER_CAPACITY', '0'],
    ['PALVELLA_WORKER_LABELS', 'novalue'],
    ['PALVELLA_WORKER_ID', '../x'],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(() => readSettings({ ...environment, [name]: value })).toThrow(name);
  });

  test('Actions see those that are for them, and never the token', () => {
    const slack = { PALVELLA_SLACK_TOKEN: 'xoxb-1', PALVELLA_SLACK_API_URL: 'a', PALVELLA_SLACK_URL: 'b' };
    const { setting } = readSettings({ ...environment, ...slack });
    expect(['slack_token', 'slack_api_url', 'slack_url'].map(setting)).toEqual(['xoxb-1', 'a', 'b']);
    expect(setting('source_root')).toBe(process.cwd());
    expect(setting('data_dir')).toBe('/data');
    for (const name of ['worker_token', 'WORKER_TOKEN', 'url', 'constructor']) expect(setting(name)).toBeUndefined();
  });
});

describe('the identity of a Worker', () => {
  test('is what it is given, else made once and kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'palvella-identity-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    expect(await workerIdentity(join(folder, 'worker'), 'mine')).toBe('mine');
    const made = await workerIdentity(join(folder, 'worker'), undefined);
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(await workerIdentity(join(folder, 'worker'), undefined)).toBe(made);
  });
});
