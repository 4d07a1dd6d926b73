/** One time of the schedule of a Trigger, in ISO 8601. */
export interface ScheduledStart {
  trigger: string;
  at: string;
}
