import { beforeAll, expect, test } from 'vitest';
import { createSetting, type Setting } from '../api/setting.ts';

let api: Setting;

beforeAll(async () => {
  api = await createSetting({ temporal: false });
  await api.apply(
    `name: p\nparameters: [{ name: at, type: string }]\njobs: [{ name: j, actions: [{ run: 'true' }] }]\n`,
  );
});

const file = (name: string, schedule: string, runs = "[{ pipeline: p, args: { at: 'x' } }]") =>
  `kind: Trigger\nname: ${name}\nschedule: ${schedule}\nruns: ${runs}\n`;

test.each([
  ['{ cron: "0 0 31 2 *" }', undefined, '3:19', 'schedule.cron', 'it never fires: no day up to the year 2100'],
  [
    '{ cron: "0 3 * * *", time_zone: Europe/Berln }',
    undefined,
    '3:43',
    'schedule.time_zone',
    'did you mean "Europe/Berlin"?',
  ],
  ['{ calendar: { year: 2001 } }', undefined, '3:11', 'schedule', 'it never fires: all its times are past'],
  [
    '{ every: 1h, end_at: 2001-01-01T00:00:00Z }',
    undefined,
    '3:32',
    'schedule.end_at',
    'its next time would be after end_at',
  ],
  ['{ every: 100ms }', undefined, '3:20', 'schedule.every', 'too often'],
  ['{ every: 1h }', '[{ pipeline: q, args: {} }]', '4:20', 'runs[0].pipeline', 'there is no Pipeline "q"'],
  ['{ every: 1h }', '[{ pipeline: p }]', '4:8', 'runs[0]', 'needs at (string)'],
])(
  '%s with %s is refused at its place, and nothing of the file is saved',
  async (schedule, runs, place, path, message) => {
    const content = `${file('bad', schedule, runs)}---\nname: beside\njobs: [{ name: j, actions: [{ run: 'true' }] }]\n`;
    const refused = await api.refused('POST', '/apply', { files: [{ name: 'f.yaml', content }] });
    const [problem] = refused.problems ?? [];
    expect(refused).toMatchObject({ status: 422, detail: 'One thing is wrong, so nothing was saved.' });
    expect(problem).toMatchObject({ path, message: expect.stringContaining(message) });
    expect(`${problem?.line}:${problem?.column}`).toBe(place);
    const { body } = await api.call<{ problems: unknown[] }>('POST', '/validate', {
      files: [{ name: 'f.yaml', content }],
    });
    expect(body.problems).toHaveLength(1);
    const saved = await api.call<{ items: { name: string }[] }>('GET', '/definitions');
    expect(saved.body.items.map(({ name }) => name)).toEqual(['p']);
  },
);

test('a preview says the same of the same', async () => {
  const refused = (schedule: object) => api.refused('POST', '/schedules/preview', { schedule });
  expect(await refused({ cron: '0 0 31 2 *' })).toMatchObject({
    status: 400,
    detail: expect.stringContaining('never fires'),
  });
  expect(await refused({ every: '1h', time_zone: 'Mars' })).toMatchObject({
    status: 400,
    detail: expect.stringContaining('there is no time zone "Mars"'),
  });
  expect(await refused({ evry: '1h' })).toMatchObject({ detail: expect.stringContaining('did you mean "every"?') });
});

test('without Temporal a schedule is saved, and what asks Temporal says that it is away', async () => {
  await api.apply(file('hourly', '{ every: 1h }'));
  const away = { status: 503, detail: 'Temporal cannot be reached.', code: 'unavailable' };
  const refused = await Promise.all([
    api.refused('GET', '/schedules'),
    api.refused('GET', '/schedules/hourly'),
    api.refused('POST', '/schedules/hourly/pause', { note: 'x' }),
    api.refused('POST', '/schedules/hourly/run'),
  ]);
  for (const one of refused) expect(one).toMatchObject(away);
});

test('what is not there, and a span that is none, is said before Temporal is asked', async () => {
  expect(await api.refused('POST', '/schedules/houry/pause', {})).toMatchObject({
    status: 404,
    detail: 'There is no schedule "houry"; did you mean "hourly"?',
  });
  const span = (from: string, to: string) => api.refused('POST', '/schedules/hourly/backfill', { from, to });
  expect(await span('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).toMatchObject({
    status: 400,
    detail: 'to: it ends before it begins.',
  });
  expect(await span('2026-01-01T00:00:00Z', '2126-01-01T00:00:00Z')).toMatchObject({
    detail: expect.stringContaining('a back-fill ends in the past'),
  });
  expect(await span('yesterday', 'today')).toMatchObject({ status: 400, code: 'invalid_request' });
});

test('a Worker may not touch schedules, and nobody without a token', async () => {
  const as = { authorization: `Bearer ${api.workerToken}` };
  expect(await api.refused('POST', '/schedules/hourly/pause', {}, as)).toMatchObject({ status: 403 });
  expect((await api.request('/api/v1/schedules')).status).toBe(401);
});
