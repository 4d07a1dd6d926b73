import { expect, test, vi } from 'vitest';
import { createHeartbeats, type HeartbeatParts } from './heartbeats.ts';

test('a Job that cannot be torn down, as its daemon does not answer, does not stop the heartbeats', async () => {
  const jobs = ['hung', 'fine'].map((jobPath) => ({ runId: 'r', jobPath, jobAttempt: 1 }));
  const letGo = vi.fn<HeartbeatParts['set']['letGo']>(({ jobPath }) =>
    jobPath === 'hung' ? new Promise(() => undefined) : Promise.resolve(),
  );
  const parts = {
    api: { heartbeat: () => Promise.resolve({ draining: false, queues: [], teardown: jobs }) },
    hello: { id: 'w' },
    plugins: { engines: () => Promise.resolve([]) },
    set: { places: { taken: 0, drain: () => undefined }, records: { jobs: () => Promise.resolve([]) }, letGo },
    warn: () => undefined,
  } as unknown as HeartbeatParts;
  const heartbeats = createHeartbeats(parts);
  await heartbeats.once(false);
  await heartbeats.once(false);
  expect(letGo.mock.calls.map(([{ jobPath }]) => jobPath)).toEqual(['hung', 'fine', 'fine']);
}, 15_000);
