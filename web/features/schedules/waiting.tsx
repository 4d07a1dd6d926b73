import type { ScheduleSummary } from '../../../core/api/schedules.ts';
import { endText, waitText } from '../status/wait-text.ts';

/** How many starts wait for an earlier one, and until when. */
export function Waiting({ wait }: { wait: NonNullable<ScheduleSummary['wait']> }) {
  return `${waitText(wait, 0)}. ${endText(wait)}`;
}
