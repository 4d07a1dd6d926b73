/** Names that several rooms must build alike. Pure. */

export function runWorkflowId(pipeline: string, number: number): string {
  return `run/${pipeline}/${number}`;
}

/** Of the workflow that tears down what a run left whose own is gone. */
export function leftWorkflowId(pipeline: string, number: number): string {
  return `${runWorkflowId(pipeline, number)}/left`;
}

/** Of the Schedule of a Trigger. */
export const scheduleIds = 'schedule/';
export function scheduleId(trigger: string): string {
  return `${scheduleIds}${trigger}`;
}

/** Of what a Schedule starts; Temporal appends the time. */
export function scheduledStartIds(trigger: string): string {
  return `scheduled/${trigger}`;
}

/** One try of one Action of one Job: the key by which an engine attaches instead of starting twice. */
export interface ActionKey {
  runId: string;
  jobPath: string;
  jobAttempt: number;
  action: string;
  attempt: number;
}

/** One try of a Job: owns a workspace. */
export type JobKey = Pick<ActionKey, 'runId' | 'jobPath' | 'jobAttempt'>;

export function jobKeyText(key: JobKey): string {
  return `${key.runId}/${key.jobPath}#${key.jobAttempt}`;
}

/** Also the id of the Action's log. */
export function actionKeyText(key: ActionKey): string {
  return `${jobKeyText(key)}/${key.action}#${key.attempt}`;
}

/** The queue of everything that satisfies a requirement set; keys in code-unit order. */
export function engineQueue(type: string, requires: Record<string, string>): string {
  const pairs = Object.keys(requires)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(requires[name] ?? '')}`);
  return pairs.length === 0 ? `engine/${type}` : `engine/${type}?${pairs.join('&')}`;
}

export function workerQueue(workerId: string): string {
  return `worker/${workerId}`;
}

/** As many bytes as Temporal takes. */
const longestFairnessKey = 64;

/** Workers serve Pipelines in turn, by this. Names are ASCII; where long ones begin and end alike they share a turn. */
export function fairnessKey(pipeline: string): string {
  if (pipeline.length <= longestFairnessKey) return pipeline;
  return `${pipeline.slice(0, longestFairnessKey / 2)}${pipeline.slice(-longestFairnessKey / 2)}`;
}

/** Of the workflow that keeps who has which locks and places in groups. */
export const holdKeeperId = 'locks';

export const controlQueue = 'control';
