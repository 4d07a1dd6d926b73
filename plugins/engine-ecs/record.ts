import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@aws-sdk/client-ecs';
import { errorCode, errorCodes } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Recorded, Recording } from '../../engine-kit/containers/recorder.ts';
import type { End } from '../../engine-kit/containers/script.ts';
import { namedOutputFile, summaryFile } from '../../engine-kit/output/layout.ts';
import { createLineFeed } from '../../engine-kit/output/line-feed.ts';
import { writeWholeOnceRoom } from '../../engine-kit/output/write-whole.ts';
import { nameOf, toFailure } from './api-error.ts';
import type { Aws } from './aws.ts';
import { createLogReader } from './log-lines.ts';
import type { Place } from './places.ts';
import { endedByOthers, taskState } from './task-state.ts';
import { describeTask } from './tasks.ts';

const firstPollMs = 200;
const longestPollMs = 2_000;
/** How often AWS is asked for the task while its log is quiet. */
const lookMs = 2_000;
/** How much later than a task's end the rest of its log may come. */
const logLagMs = 30_000;
/** How long calls may keep failing before the command counts as lost. */
const awayMs = 300_000;
const signalBase = 128;

/** Brings what a task's log says into the command's spool, until it has ended. */
export async function recordTask(aws: Aws, place: Place, arn: string, recording: Recording): Promise<Recorded> {
  const { spool, leaving } = recording;
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const feeds = {
    stdout: createLineFeed((payload) => spool.push('stdout', payload)),
    stderr: createLineFeed((payload) => spool.push('stderr', payload)),
  };
  const reader = createLogReader(recording.known, (stream, bytes) => feeds[stream].data(bytes));
  const log = createLog(aws, place, id);
  let looked = Number.NEGATIVE_INFINITY;
  let over: number | undefined;
  let failing: number | undefined;
  let task: Task | undefined;
  let delay = firstPollMs;
  for (;;) {
    try {
      const messages = await log.next();
      for (const message of messages) {
        reader.push(message);
        while (spool.full) await recording.changed();
      }
      if (reader.end !== undefined) return await finish(await outside(reader.end));
      delay = messages.length > 0 ? firstPollMs : Math.min(delay * 1.3, longestPollMs);
      if (messages.length === 0 && performance.now() - looked > lookMs) {
        looked = performance.now();
        const found = await describeTask(aws, place, arn);
        task = found ?? task;
        const state = found && taskState(found, place.container);
        if (found === undefined || state?.kind === 'over') over ??= performance.now();
        if (state?.kind === 'over' && !state.ran) return await finish({ broke: state.why });
        if (over !== undefined && performance.now() - over > logLagMs) return await finish(withoutLog());
      }
      failing = undefined;
    } catch (error) {
      leaving.throwIfAborted();
      const failure = toFailure(error, place);
      const code = errorCode(failure);
      if (code !== undefined && !errorCodes[code].retry) throw failure;
      failing ??= performance.now();
      if (performance.now() - failing > awayMs) {
        return await finish({ broke: `The command is lost: ${(failure as Error).message}.` });
      }
    }
    await sleep(delay, undefined, { signal: leaving });
  }

  /** A command that a signal ended may have got it from outside, as with its machine. */
  async function outside(end: End): Promise<{ end: End } | { broke: string }> {
    if (end.status > signalBase && end.status < signalBase * 2) {
      task = (await describeTask(aws, place, arn).catch(() => undefined)) ?? task;
      const state = task && endedByOthers(task) ? taskState({ ...task, lastStatus: 'STOPPED' }, place.container) : null;
      if (state?.kind === 'over') return { broke: state.why };
    }
    return { end };
  }

  /** The task has ended and its log does not say how. */
  function withoutLog(): { end: End } | { broke: string } {
    const state = task && taskState(task, place.container);
    if (task === undefined || state?.kind !== 'over') {
      return {
        broke:
          'The task is gone, so how the command ended is not known. See whether its work is done before you repeat it.',
      };
    }
    if (state.exitStatus === undefined || endedByOthers(task)) return { broke: state.why };
    const line = 'The end of the log did not come from CloudWatch; there may have been more of it.\n';
    spool.push('system', Buffer.from(line));
    const outOfMemory = state.outOfMemory ? 1 : 0;
    return { end: { status: state.exitStatus, named: false, summary: false, cpuMs: 0, peakMemory: 0, outOfMemory } };
  }

  async function finish(how: { end: End } | { broke: string }): Promise<Recorded> {
    for (const feed of Object.values(feeds)) feed.end();
    const end = 'end' in how ? how.end : undefined;
    if (end?.named === true) {
      await writeWholeOnceRoom(join(recording.folder, namedOutputFile), reader.named());
    }
    if (end?.summary === true) {
      await writeWholeOnceRoom(join(recording.folder, summaryFile), reader.summary());
    }
    await spool.end();
    const info: JsonObject = { task: id, cluster: place.cluster, region: place.region };
    task ??= await describeTask(aws, place, arn).catch(() => undefined);
    const main = task?.containers?.find(({ name }) => name === place.container);
    if (main?.imageDigest !== undefined) info['image'] = main.imageDigest;
    if (end !== undefined && end.peakMemory > 0) {
      Object.assign(info, { cpuMs: end.cpuMs, peakMemory: end.peakMemory });
      if (end.outOfMemory > 0) info['outOfMemory'] = true;
    }
    return { end, broke: 'broke' in how ? how.broke : undefined, info };
  }
}

/** The stream of a task's container in CloudWatch, from its beginning. */
function createLog(aws: Aws, place: Place, id: string): { next(): Promise<string[]> } {
  const stream = { logGroupName: place.logGroup, logStreamName: `${place.family}/${place.container}/${id}` };
  let nextToken: string | undefined;
  return {
    async next() {
      try {
        const page = await aws.logs.getLogEvents({
          ...stream,
          startFromHead: true,
          ...(nextToken !== undefined && { nextToken }),
        });
        nextToken = page.nextForwardToken ?? nextToken;
        return (page.events ?? []).map(({ message }) => message ?? '');
      } catch (error) {
        // It is made with its first line.
        if (nameOf(error) === 'ResourceNotFoundException') return [];
        throw error;
      }
    },
  };
}
