import { setTimeout as sleep } from 'node:timers/promises';
import type { RunTaskResponse, Task } from '@aws-sdk/client-ecs';
import { errorCode, errorCodes, PalvellaError } from '../../core/errors.ts';
import { midSentence, sentence } from '../../core/sentence.ts';
import { nameOf, toFailure } from './api-error.ts';
import type { Aws } from './aws.ts';
import type { Command } from './definition.ts';
import type { Place } from './places.ts';
import { placementFailure, taskState } from './task-state.ts';
import { describeTask, stopTask } from './tasks.ts';

const firstPollMs = 200;
const longestPollMs = 2_000;
const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
/** How long a new task may be unknown to other calls. */
const unknownMs = 60_000;

export interface StartParts {
  place: Place;
  /** Of the Action's tasks. */
  name: string;
  /** Undefined where the definition has it. */
  command: Command | undefined;
  timeoutMs: number;
  /** Number of the try to go on with; 0 at first. */
  from: number;
  /** Before a try may have started a task, and once it has. */
  remember(token: string, arn?: string): void;
  say(line: string): void;
  signal: AbortSignal;
}

/** `unsure`: whether a task was started is not known. */
type Try = { task: Task } | { why: string; passing: boolean; unsure?: boolean };

/** Starts an Action's task, once however often it is called, and waits until it runs or has run. */
export async function startTask(aws: Aws, parts: StartParts): Promise<Task> {
  const until = performance.now() + parts.timeoutMs;
  let told = '';
  let delay = firstRetryMs;
  for (let number = parts.from; ; ) {
    parts.signal.throwIfAborted();
    const tried = await tryOnce(aws, parts, `${parts.name}-${number}`, until);
    if ('task' in tried) return tried.task;
    const { why, passing, unsure } = tried;
    if (!passing) throw new PalvellaError('engine_refused', midSentence(why));
    if (performance.now() + delay > until) throw late(parts, why);
    if (why !== told) parts.say(`${why} Trying again.`);
    told = why;
    // AWS may have started it and the answer was lost: it is asked for the same again.
    if (unsure !== true) number += 1;
    await sleep(delay, undefined, { signal: parts.signal });
    delay = Math.min(delay * 2, longestRetryMs);
  }
}

/** AWS gives the same task again for the same token. */
async function tryOnce(aws: Aws, parts: StartParts, token: string, until: number): Promise<Try> {
  const { place, signal } = parts;
  parts.remember(token);
  let answer: RunTaskResponse;
  try {
    answer = await runTask(aws, parts, token);
  } catch (error) {
    const failure = toFailure(error, place);
    const code = errorCode(failure);
    if (code === undefined || !errorCodes[code].retry) throw failure;
    return { why: sentence((failure as Error).message), passing: true, unsure: true };
  }
  const [task] = answer.tasks ?? [];
  if (task?.taskArn === undefined) {
    const [failure] = answer.failures ?? [];
    return placementFailure(failure?.reason ?? 'no reason is given', failure?.detail);
  }
  parts.remember(token, task.taskArn);
  try {
    return await untilUp(aws, parts, task.taskArn, until);
  } catch (error) {
    if (signal.aborted || performance.now() > until) await stopTask(aws, place, task.taskArn);
    throw error;
  }
}

async function runTask(aws: Aws, parts: StartParts, token: string): Promise<RunTaskResponse> {
  const { place, name, command } = parts;
  try {
    return await aws.ecs.runTask({
      ...place.run,
      cluster: place.cluster,
      taskDefinition: place.family,
      count: 1,
      startedBy: name,
      clientToken: token,
      propagateTags: 'TASK_DEFINITION',
      ...(command && { overrides: { containerOverrides: [{ name: place.container, ...command }] } }),
    });
  } catch (error) {
    // The same try, asked for in other words: what it started is named.
    const [arn] = (error as { resourceIds?: string[] }).resourceIds ?? [];
    if (nameOf(error) === 'ConflictException' && arn !== undefined) return { tasks: [{ taskArn: arn }] };
    throw error;
  }
}

async function untilUp(aws: Aws, parts: StartParts, arn: string, until: number): Promise<Try> {
  const began = performance.now();
  for (let delay = firstPollMs; ; delay = Math.min(delay * 1.3, longestPollMs)) {
    parts.signal.throwIfAborted();
    const task = await describeTask(aws, parts.place, arn);
    if (task === undefined) {
      if (performance.now() - began > unknownMs) {
        throw new PalvellaError('engine_refused', 'the task is gone before it was seen to run');
      }
    } else {
      const state = taskState(task, parts.place.container);
      if (state.kind === 'running' || (state.kind === 'over' && state.ran)) return { task };
      if (state.kind === 'over') return { why: state.why, passing: state.passing };
    }
    if (performance.now() > until) throw late(parts, `It is ${task?.lastStatus ?? 'not known yet'}.`);
    await sleep(delay, undefined, { signal: parts.signal });
  }
}

function late({ timeoutMs }: StartParts, why: string): PalvellaError {
  return new PalvellaError(
    'engine_refused',
    `the task did not start within ${timeoutMs / 1000} s: ${midSentence(why)}`,
  );
}
