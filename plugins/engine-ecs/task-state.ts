import type { Task } from '@aws-sdk/client-ecs';
import { isCapacity } from './api-error.ts';

/** How a task is doing, in words for people. */
export type TaskState =
  | { kind: 'waiting' }
  | { kind: 'running' }
  /** Its containers have ended. `exitStatus` where the command's has one; `ran`: whether it can have begun. */
  | { kind: 'over'; why: string; exitStatus?: number; outOfMemory: boolean; ran: boolean; passing: boolean };

/** Written as the reason where this Engine stops a task. */
export const ourReason = 'Stopped by Palvella';

const startingUp: ReadonlySet<string> = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING']);
/** What registries and AWS's own network say that may be otherwise next time. */
const passes = /toomanyrequests|timeout|timed out|connection (reset|refused)|5\d\d |EOF|temporar|throttl/i;
const never = /not found|unauthorized|denied|forbidden|does not exist|no basic auth|manifest unknown|invalid/i;

export function taskState(task: Task, container: string): TaskState {
  const { lastStatus = '', stoppedReason = '', stopCode } = task;
  const main = task.containers?.find(({ name }) => name === container);
  const ended = lastStatus === 'STOPPED' || lastStatus === 'DEPROVISIONING' || main?.lastStatus === 'STOPPED';
  if (!ended) return { kind: startingUp.has(lastStatus) ? 'waiting' : 'running' };
  const text = [main?.reason, stoppedReason].filter((one) => one !== undefined && one !== '').join(' ');
  const ran = main?.exitCode !== undefined || task.startedAt !== undefined;
  return {
    kind: 'over',
    why: words(text, stoppedReason, stopCode, task),
    ...(main?.exitCode !== undefined && { exitStatus: main.exitCode }),
    outOfMemory: /OutOfMemory/.test(main?.reason ?? ''),
    ran,
    passing: !ran && (isCapacity(text) || (passes.test(text) && !never.test(text))),
  };
}

function words(text: string, stoppedReason: string, stopCode: string | undefined, task: Task): string {
  const image = task.containers?.[0]?.image ?? '';
  const details = text.replace(/^\w+Error: /, '');
  if (/CannotPullContainer|CannotPullImage|CannotPullECR/.test(text)) {
    return `The image ${image} could not be pulled: ${details}`;
  }
  if (/exec: "?sh"?|"sh": executable file/.test(text)) {
    return `The image ${image} has no shell, so no command can run in it. Take an image that has sh.`;
  }
  if (text.includes('OutOfMemory')) {
    return 'The container was ended because it used more than its memory. Give its Engine more memory.';
  }
  if (text.includes('ResourceInitializationError')) {
    return `AWS could not set the task up: ${details} Look at the execution role, the log group, the volume and the way from its subnets to AWS.`;
  }
  if (/^Cannot(Start|Create)Container/.test(text)) return `The container could not be started: ${details}`;
  if (stopCode === 'SpotInterruption')
    return 'AWS took the machine of the task back, as it may those of spot capacity.';
  if (stopCode === 'TerminationNotice' || /Host EC2.*terminated/.test(text)) return 'The machine of the task is gone.';
  if (stopCode === 'UserInitiated') return `Somebody stopped the task: ${stoppedReason || 'no reason is given'}`;
  return `The task has ended: ${text || 'no reason is given'}`;
}

/** Whether it was ended from outside, by others than this Engine. */
export function endedByOthers({ stopCode, stoppedReason }: Task): boolean {
  if (stopCode === undefined || stopCode === 'EssentialContainerExited') return false;
  return !(stopCode === 'UserInitiated' && stoppedReason === ourReason);
}

const lacking: Readonly<Record<string, string>> = {
  'RESOURCE:MEMORY': 'memory',
  'RESOURCE:CPU': 'CPU',
  'RESOURCE:ENI': 'network interfaces',
  'RESOURCE:GPU': 'GPUs',
  'RESOURCE:PORTS': 'free ports',
};

/** Why the cluster did not take a task, and whether it may later. */
export function placementFailure(reason: string, detail: string | undefined): { why: string; passing: boolean } {
  const what = lacking[reason];
  if (what !== undefined) {
    return { why: `No instance of the cluster has enough ${what} for the task.`, passing: true };
  }
  const more = detail === undefined ? '' : `: ${detail}`;
  if (reason === 'AGENT') return { why: 'The agent of the cluster’s instances is not connected.', passing: true };
  if (reason === 'ATTRIBUTE' || reason === 'MemberOf placement constraint unsatisfied.') {
    return { why: `No instance of the cluster has what the task asks for: ${reason}${more}`, passing: false };
  }
  return { why: `The cluster did not take the task: ${reason}${more}`, passing: isCapacity(`${reason}${more}`) };
}
