import type { Client } from '@temporalio/client';
import Long from 'long';

/** The times that a Schedule in Temporal has between two moments, both counted; jitter left out. */
export async function matchingTimes(
  client: Client,
  scheduleId: string,
  span: { start: Date; end: Date },
): Promise<Date[]> {
  const { startTime } = await client.workflowService.listScheduleMatchingTimes({
    namespace: client.options.namespace,
    scheduleId,
    // It leaves the first moment out.
    startTime: timestamp(span.start.getTime() - 1),
    endTime: timestamp(span.end.getTime()),
  });
  return startTime.map(({ seconds, nanos }) => new Date(Number(seconds ?? 0) * 1000 + Number(nanos ?? 0) / 1e6));
}

function timestamp(ms: number) {
  const seconds = Math.floor(ms / 1000);
  return { seconds: Long.fromNumber(seconds), nanos: (ms - seconds * 1000) * 1e6 };
}
