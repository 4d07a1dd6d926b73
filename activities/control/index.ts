import type { Pool } from 'pg';
import { matchPattern } from '../../core/expressions/index.ts';
import { actionKeyText } from '../../core/keys.ts';
import type { Approvals } from '../../platform/approvals/index.ts';
import type { Holds } from '../../platform/holds/index.ts';
import type { Pauses } from '../../platform/pause/index.ts';
import type { Publisher } from '../../platform/run-state/publisher.ts';
import type { TriggerWaits } from '../../platform/triggers/index.ts';
import type { ControlActivities } from '../types.ts';
import { outcomeOf } from './approval-outcome.ts';
import { findClaim } from './find-claim.ts';
import { readRun } from './open-run.ts';
import { readState } from './read-state.ts';
import { withFailures } from './with-failures.ts';

export interface ControlDeps {
  pool: Pool;
  /** Writes the end of a run. */
  publisher: Pick<Publisher, 'close'>;
  approvals: Approvals;
  holds: Holds;
  pauses: Pick<Pauses, 'look'>;
  waits: Pick<TriggerWaits, 'ask' | 'read' | 'end'>;
  /** The standard output of an Action, up to so many bytes. */
  readStdout(logKey: string, maxBytes: number): Promise<string>;
}

/** A text longer than this is matched in its first part. */
const mostText = 16 * 1024 * 1024;
/** Enough for a pattern of 60 states over all of it. A match holds up the process, so it has an end. */
const mostSteps = 8 * mostText;

/** What workflows ask of the database. All may be called again. */
export function createControlActivities(deps: ControlDeps): ControlActivities {
  const { pool, publisher, approvals, holds, pauses, waits } = deps;
  return withFailures({
    openRun: (runId, part) => readRun(pool, runId, part),
    readState: (runId) => readState(pool, runId),
    closeRun: (state) => publisher.close(state),
    async askApproval(request) {
      const asked = await approvals.ask(request);
      if ('refused' in asked) return { approvalId: '', outcome: { state: 'refused', reason: asked.refused } };
      return { ...asked, outcome: outcomeOf(await approvals.read(asked.approvalId)) };
    },
    readApproval: async (id) => outcomeOf(await approvals.read(id)),
    closeApproval: async (id, as) => outcomeOf(await approvals.close(id, as)),
    awaitTrigger: waits.ask,
    readTriggerWait: waits.read,
    endTriggerWait: waits.end,
    findClaim: (action) => findClaim(pool, action),
    isPaused: pauses.look,
    askHold: holds.ask,
    releaseHold: holds.release,
    readHolds: holds.read,
    settleHolds: holds.settle,
    async matchLog(log, pattern) {
      return matchPattern(pattern, await deps.readStdout(actionKeyText(log), mostText), mostSteps);
    },
  });
}
