import {
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { schedules } from './activities.ts';

/** A run that it started has ended; only a hint to look. */
const scheduledRunEnded = defineSignal('scheduledRunEnded');

/** A lost hint is made up for, sooner where the runs are short. */
const firstLookMs = 2_000;
const lastLookMs = 3_600_000;

/**
 * One time of a Schedule: has its Trigger's runs started, and lives as long as they do, so that what the Schedule does
 * about overlaps is about them. Being cancelled, it stops them.
 */
export async function scheduledStart({ trigger }: { trigger: string }): Promise<void> {
  const { searchAttributes, startTime } = workflowInfo();
  const [scheduled] = searchAttributes['TemporalScheduledStartTime'] ?? [];
  const start = { trigger, at: (scheduled instanceof Date ? scheduled : startTime).toISOString() };
  let hinted = false;
  setHandler(scheduledRunEnded, () => {
    hinted = true;
  });
  await CancellationScope.nonCancellable(() => schedules.receiveScheduled(start));
  let stopping = false;
  for (let pause = firstLookMs; ; pause = Math.min(pause * 3, lastLookMs)) {
    hinted = false;
    const isOver = await CancellationScope.nonCancellable(() => schedules.lookAtScheduled(start, stopping));
    if (isOver) return;
    const wait = () => condition(() => hinted, pause);
    if (stopping) await CancellationScope.nonCancellable(wait);
    else stopping = await cancelledDuring(wait);
  }
}

async function cancelledDuring(wait: () => Promise<unknown>): Promise<boolean> {
  try {
    await wait();
    return false;
  } catch (error) {
    if (isCancellation(error)) return true;
    throw error;
  }
}
