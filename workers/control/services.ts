import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { ControlDeps } from '../../activities/control/index.ts';
import { createApprovals } from '../../platform/approvals/index.ts';
import { createFileBlobs } from '../../platform/blobs/index.ts';
import { createHolds } from '../../platform/holds/index.ts';
import { createLogs } from '../../platform/logs/index.ts';
import { createNotifications } from '../../platform/notifications/index.ts';
import { createPause } from '../../platform/pause/index.ts';
import { createRunStates, type RunStates } from '../../platform/run-state/index.ts';
import { createPublisher, type Publisher } from '../../platform/run-state/publisher.ts';
import { createReconciler } from '../../platform/run-state/reconciler.ts';
import { createStarter } from '../../platform/runs/start.ts';
import { createSubmit } from '../../platform/runs/submit.ts';
import { createRunWorkflows } from '../../platform/runs/workflows.ts';
import { createScheduleSync } from '../../platform/schedules/index.ts';
import { createScheduledStarts, type ScheduledStarts } from '../../platform/schedules/starts.ts';
import { createInbox, createProcessor, createTriggerWaits } from '../../platform/triggers/index.ts';
import type { Database } from '../../prisma/database.ts';
import { runRepository } from '../../prisma/repositories/runs.ts';
import { createSendMessage } from './send-message.ts';

type Warn = (message: string, error: unknown) => void;

/** What the control worker's activities and sweeps stand on. */
export interface ControlServices extends ControlDeps {
  /** Takes what workflows tell of themselves. */
  publisher: Publisher;
  submitPending(): Promise<unknown>;
  deliverDecisions(): Promise<unknown>;
  decideDeliveries(): Promise<unknown>;
  remind(): Promise<unknown>;
  sendNotifications(): Promise<unknown>;
  handOverHolds(): Promise<unknown>;
  tellPause(): Promise<unknown>;
  tellWaits(): Promise<unknown>;
  compactLogs(): Promise<unknown>;
  reconcile(warn: Warn): Promise<void>;
  reconcileSchedules(warn: Warn): Promise<void>;
  scheduledStarts: ScheduledStarts;
}

export function createControlServices(parts: {
  db: Database;
  client: Client;
  dataDir: string;
  url: string;
  /** Where it may send messages, and by which servers. */
  environment: Readonly<Record<string, string | undefined>>;
  warn: Warn;
}): ControlServices {
  const { db, client, url, warn } = parts;
  const { pool } = db;
  const workflows = createRunWorkflows({ client });
  const runs = runRepository(pool, url);
  const blobs = createFileBlobs(join(parts.dataDir, 'blobs'));
  const approvals = createApprovals({ db, runs, workflows, blobs });
  const logs = createLogs({ pool, blobs, warn });
  const notifications = createNotifications({ pool, url });
  const sendMessage = createSendMessage(parts.environment);
  const holds = createHolds({ pool, client });
  const pauses = createPause({ pool, workflows });
  const scheduledStarts = createScheduledStarts({ pool, client, inbox: createInbox({ pool }), workflows });
  const states = tellingSchedules(createRunStates({ pool }), scheduledStarts);
  const publisher = createPublisher(states, warn);
  const submit = createSubmit({ pool, workflows, warn });
  const starter = createStarter({ pool, submit: submit.one });
  const waits = createTriggerWaits({ pool, workflows });
  return {
    pool,
    publisher,
    approvals,
    holds,
    pauses,
    readStdout: logs.readStdout,
    submitPending: submit.pending,
    deliverDecisions: approvals.deliver,
    waits,
    tellWaits: waits.deliver,
    decideDeliveries: createProcessor({ pool, starter, waits, warn }).pending,
    remind: approvals.remind,
    sendNotifications: () => notifications.sendDue(sendMessage),
    handOverHolds: holds.sweep,
    tellPause: pauses.tell,
    compactLogs: logs.compactPending,
    reconcile: createReconciler({ pool, client, runs, states }),
    reconcileSchedules: createScheduleSync({ pool, client }).all,
    scheduledStarts,
  };
}

/** The end of a run is said to the Schedule that waits for it, until it is told. */
function tellingSchedules(states: RunStates, { ended }: ScheduledStarts): RunStates {
  return {
    ...states,
    close: async (state) => {
      await states.close(state);
      await ended(state.runId);
    },
  };
}
