import { describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { plugin } from './index.ts';

describe('trigger', () => {
  test('starts the Pipeline with its arguments and gives the run as output', async () => {
    let asked: unknown[] = [];
    const { context, said } = await contextFor({
      startRun: (...args) => {
        asked = args;
        return Promise.resolve({ id: 'id', number: 7, url: 'http://palvella.test/runs/deploy/7' });
      },
    });
    const outcome = await plugin.execute(context, { pipeline: 'deploy', args: { environment: 'nonprod' } });
    expect(asked).toEqual(['deploy', { environment: 'nonprod' }]);
    expect(outcome).toMatchObject({ status: 'succeeded', output: { id: 'id', number: 7 } });
    expect(said[0]?.[1]).toContain('http://palvella.test/runs/deploy/7');
  });

  test('may be executed again after a crash, as the API starts one run for it', () => {
    expect(plugin.repeatable).toBe(true);
  });
});
