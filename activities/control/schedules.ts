import type { ScheduledStarts } from '../../platform/schedules/starts.ts';
import type { ScheduleActivities } from '../types.ts';
import { withFailures } from './with-failures.ts';

export function createScheduleActivities(starts: ScheduledStarts): ScheduleActivities {
  return withFailures({ receiveScheduled: starts.receive, lookAtScheduled: starts.look });
}
