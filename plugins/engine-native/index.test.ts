import { describe, expect, test } from 'vitest';
import { plugin } from './index.ts';

const key = { runId: 'run', jobPath: 'job', jobAttempt: 1, action: 'step', attempt: 1 };

describe('the native Engine', () => {
  test('has no workspace and no commands, and says which Engine has', async () => {
    const engine = await plugin.create({ stateFolder: '/nowhere', workerId: 'w' });
    const refusal = { code: 'engine_refused', remedy: expect.stringContaining('local') };
    await expect(engine.prepare({ key, settings: {} })).rejects.toMatchObject(refusal);
    await expect(engine.start({ key, command: 'true', environ: {} })).rejects.toMatchObject(refusal);
  });

  test('holds nothing, so there is nothing to stop or tear down', async () => {
    const engine = await plugin.create({ stateFolder: '/nowhere', workerId: 'w' });
    expect(await engine.attach(key, 0)).toBeUndefined();
    await engine.stop(key, 0);
    await engine.teardown(key);
    expect(await engine.held()).toEqual([]);
    await engine.close();
  });
});
