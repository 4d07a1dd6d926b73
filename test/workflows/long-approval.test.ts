import { expect, test } from 'vitest';
import type { RunState } from '../../core/run-state.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();
const days30 = 30 * 24 * 3600 * 1000;

test.each(['', ', timeout: 31d'])('what was approved after thirty days goes on as on the first%s', async (timeout) => {
  const { interpreter, environment } = setting;
  const started = await interpreter.start(`name: kept
parameters: [{ name: size, type: number, default: 3 }]
jobs:
  - { name: plan, actions: [{ name: out, run: output version=7 }] }
  - name: hold
    requires: [plan]
    locks: [production]
    actions:
      - { name: before, run: output changed=true }
      - { name: gate, approval: { prompt: Sure?${timeout} } }
      - name: after
        run: exit 0
        environ:
          VERSION: '\${{ job.plan.output.version }}'
          CHANGED: '\${{ job.current.action.before.output.changed }}'
          SIZE: '\${{ pipeline.parameters.size }}'
          COMMENT: '\${{ job.current.action.gate.output.comment }}'
  - { name: apply, requires: [hold], actions: [{ run: exit 0 }] }
`);
  const state = () => started.handle.query<RunState, []>('state');
  const held = () => [...interpreter.holds.values()].map(({ hold }) => hold.granted);
  await expect.poll(async () => (await state()).status).toBe('waiting');
  const [before, began] = [await state(), await environment.currentTimeMs()];

  await environment.sleep('30d');
  expect((await environment.currentTimeMs()) - began).toBeGreaterThanOrEqual(days30);
  expect(await state()).toEqual(before);
  expect(held()).toEqual([true]);
  expect(interpreter.executed).toEqual(['plan/out#1', 'hold/before#1']);

  await started.decide('approved', 'at last');
  const run = await started.result();
  expect(run.jobs.map(({ path, status }) => [path, status])).toEqual([
    ['plan', 'succeeded'],
    ['hold', 'succeeded'],
    ['apply', 'succeeded'],
  ]);
  expect(run.status).toBe('succeeded');
  expect(interpreter.executed).toEqual(['plan/out#1', 'hold/before#1', 'hold/after#1', 'apply/run#1']);
  expect(interpreter.tasks[2]?.input['environ']).toEqual({
    VERSION: 7,
    CHANGED: true,
    SIZE: 3,
    COMMENT: 'at last',
  });
  expect(Date.parse(run.endedAt ?? '') - Date.parse(run.startedAt ?? '')).toBeGreaterThanOrEqual(days30);
  expect(held()).toEqual([]);
});
