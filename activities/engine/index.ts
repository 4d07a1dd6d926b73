import { ApplicationFailure, Context } from '@temporalio/activity';
import { errorCode, errorCodes, PalvellaError } from '../../core/errors.ts';
import { actionKeyText, jobKeyText } from '../../core/keys.ts';
import type { ActionResult, ActionTask, EngineActivities } from '../types.ts';
import { createJobEnd, type JobEnd } from './job-end.ts';
import { ClaimedElsewhere, createJobSessions } from './job-sessions.ts';
import { type PerformParts, perform } from './perform.ts';
import { createPlaces, type Places } from './places.ts';
import type { EngineActivityDeps } from './ports.ts';
import { createRecords, type Records } from './records.ts';
import { createReporter } from './reporter.ts';
import { jobOf, type StopCause } from './run-action.ts';
import { workerStops } from './worker-stops.ts';

/** How soon a stop is noticed. */
const heartbeatMs = 500;
const nativeGraceMs = 5_000;
/** As many pollers as there are may bring a Job for the last place; those too many wait so long for the next one. */
const placeMs = 1_000;

export interface EngineActivitySet {
  activities: EngineActivities;
  places: Places;
  records: Records;
  /** Ends what a Job left here and forgets it. */
  letGo: JobEnd['letGo'];
  /** Resolves once all that goes on behind the activities is done. */
  settle(): Promise<void>;
}

export function createEngineActivities(deps: EngineActivityDeps): EngineActivitySet {
  const places = createPlaces(deps.capacity);
  const records = createRecords(deps.stateFolder);
  const sessions = createJobSessions(deps.api, deps.workerId);
  const reporter = createReporter(deps.warn);
  const jobEnd = createJobEnd({ deps, records, sessions });
  const parts: PerformParts = { deps, records, sessions, reporter, jobEnd };
  const inHand = new Map<string, { work: Promise<ActionResult>; stop: AbortController }>();

  /** Temporal may send an activity again while the first still runs here: both get one result. */
  function join(task: ActionTask) {
    const id = actionKeyText(task.key);
    const found = inHand.get(id);
    if (found !== undefined) return found;
    const stop = new AbortController();
    const work = perform(parts, task, stop).finally(() => inHand.delete(id));
    work.catch(() => undefined);
    const joined = { work, stop };
    inHand.set(id, joined);
    return joined;
  }

  async function runAction(task: ActionTask): Promise<ActionResult> {
    const context = Context.current();
    const job = jobKeyText(task.key);
    const heartbeat = setInterval(() => context.heartbeat(), heartbeatMs);
    const ours = context.info.taskQueue.startsWith('worker/');
    if (!places.enter(job, ours) && !(await places.enterSoon(job, AbortSignal.timeout(placeMs)))) {
      clearInterval(heartbeat);
      throw toFailure(new PalvellaError('unavailable', 'this Worker is full: another may take the Job'));
    }
    const { work, stop } = join(task);
    // Other ends of the activity, as a missed heartbeat or a terminated run, do not say that the command should end:
    // Temporal sends the activity again, or the API has the Job torn down.
    const cancel = () => {
      if (context.cancellationDetails?.cancelRequested === true) stop.abort('stopped' satisfies StopCause);
    };
    context.cancellationSignal.addEventListener('abort', cancel, { once: true });
    try {
      const result = await unlessStopping(work, await graceOf(task.type));
      if (task.lastOfJob) jobEnd.teardownSoon(jobOf(task.key), task.engine.type);
      return result;
    } catch (error) {
      throw toFailure(error);
    } finally {
      clearInterval(heartbeat);
      context.cancellationSignal.removeEventListener('abort', cancel);
      places.leave(job, task.lastOfJob);
    }
  }

  async function teardownJob({ engineType, ...job }: Parameters<EngineActivities['teardownJob']>[0]): Promise<void> {
    try {
      await jobEnd.teardown(job, engineType);
    } catch (error) {
      throw toFailure(error);
    }
  }

  /** A native Action ends with its Worker, so it gets a moment to finish. */
  async function graceOf(type: string): Promise<number> {
    return (await deps.plugins.action(type)).manifest.place === 'native' ? nativeGraceMs : 0;
  }

  /** A Worker that stops leaves its commands running and gives the activity back. */
  function unlessStopping<T>(work: Promise<T>, graceMs: number): Promise<T> {
    const leaving = Promise.withResolvers<T>();
    const leave = () => setTimeout(() => leaving.reject(workerStops()), graceMs);
    if (deps.stopping.aborted) leave();
    deps.stopping.addEventListener('abort', leave, { once: true });
    return Promise.race([work, leaving.promise]).finally(() => deps.stopping.removeEventListener('abort', leave));
  }

  return {
    activities: { runAction, teardownJob },
    places,
    records,
    letGo: jobEnd.letGo,
    async settle() {
      await Promise.all([reporter.flush(), jobEnd.settle()]);
    },
  };
}

function toFailure(error: unknown): ApplicationFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ClaimedElsewhere) {
    return ApplicationFailure.create({ type: 'conflict', nonRetryable: true, message, details: [error.heldBy] });
  }
  const type = errorCode(error) ?? 'internal';
  return ApplicationFailure.create({ type, nonRetryable: !errorCodes[type].retry, message });
}
