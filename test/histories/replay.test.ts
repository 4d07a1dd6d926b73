import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { changedBundle } from '../workflows/changed-bundle.ts';
import { bundle } from '../workflows/harness.ts';
import { quiet } from '../workflows/temporal.ts';
import { scenarios } from './scenarios.ts';
import { scheduledScenarios } from './scheduled.ts';

const recorded = join(import.meta.dirname, 'recorded');
const names = readdirSync(recorded).map((file) => file.replace('.json', ''));
let code: { code: string };

beforeAll(async () => {
  quiet();
  code = await bundle();
});

async function replay(name: string, workflowBundle = code): Promise<void> {
  const kept = JSON.parse(readFileSync(join(recorded, `${name}.json`), 'utf8')) as {
    workflowId: string;
    history: string[];
  };
  const history = proto.temporal.api.history.v1.History.decode(
    gunzipSync(Buffer.from(kept.history.join(''), 'base64')),
  );
  await Worker.runReplayHistory({ workflowBundle, dataConverter }, history, kept.workflowId);
}

describe('a run that was in flight before this version goes on in it', () => {
  test('and one of each kind is recorded', () => {
    for (const { name } of [...scenarios, ...scheduledScenarios]) expect(names).toContain(name);
    expect(names).toEqual(expect.arrayContaining(['chain-2', 'parts-part']));
  });

  test.each(names)('%s', async (name) => {
    await replay(name);
  });
});

describe('an interpreter that takes steps in another order is noticed', () => {
  test.each([
    ['Actions', 'run-actions.ts', 'of actions) {', 'of actions.toReversed()) {', 'graph'],
    ['the window', 'run-tries.ts', 'await window.enter(', 'await sleep(1); await window.enter(', 'graph'],
    ['an approval', 'steps/until-told.ts', 'if (of.until === undefined)', 'if (of.until !== undefined)', 'expired'],
    ['a teardown', 'engine-hooks.ts', 'hooks.filter(isBegun).toReversed()', 'hooks.filter(isBegun)', 'hooks'],
    ['parts', 'parts.ts', 'actionsInPart = 150', 'actionsInPart = 100', 'parts'],
    [
      'a delivery of the clock',
      'scheduled-start.ts',
      'schedules.receiveScheduled(start)',
      'Promise.resolve()',
      'scheduled',
    ],
    [
      'a stop by the clock',
      'scheduled-start.ts',
      'if (stopping) await',
      'if (stopping) return; if (stopping) await',
      'scheduled-stopped',
    ],
  ])('%s', async (_, file, from, to, name) => {
    await expect(replay(name, await changedBundle([file, from, to]))).rejects.toThrow(DeterminismViolationError);
  });
});
