import type { ActionResult, ActionTask } from '../types.ts';
import type { JobEnd } from './job-end.ts';
import type { JobSessions } from './job-sessions.ts';
import type { EngineActivityDeps } from './ports.ts';
import type { Records } from './records.ts';
import type { Reporter } from './reporter.ts';
import { executeAction, jobOf, type StopCause } from './run-action.ts';

const mayHaveHappened =
  'The Worker was killed while this ran, so it may have happened. See whether it did before you repeat it, or say idempotent: true where repeating does no harm.';

export interface PerformParts {
  deps: EngineActivityDeps;
  records: Records;
  sessions: JobSessions;
  reporter: Reporter;
  jobEnd: JobEnd;
}

/** One Action from claim to kept result. `stop` is aborted with a `StopCause` from outside, or here by its timeout. */
export async function perform(parts: PerformParts, task: ActionTask, stop: AbortController): Promise<ActionResult> {
  const { deps, records, reporter } = parts;
  const { key } = task;
  const { api, secrets } = await parts.sessions.open(jobOf(key), stop.signal);
  const plugin = await deps.plugins.action(task.type);
  const native = plugin.manifest.place === 'native';
  const record = await records.begin(key, native);
  if (record.state === 'ended') return record.result;
  const { startedAt } = record;

  async function keep(result: ActionResult): Promise<ActionResult> {
    await records.end(key, result);
    return result;
  }

  if (native && record.state === 'started' && !task.idempotent && plugin.repeatable !== true) {
    const ending = { status: 'errored', exitStatus: null, output: {}, reason: mayHaveHappened } as const;
    return await keep({ ...ending, workerId: deps.workerId, startedAt, endedAt: new Date().toISOString(), info: {} });
  }
  const ended = reporter.begun(api, task, startedAt);
  const cancelTimer = task.timeoutMs === undefined ? undefined : startTimer(stop, task.timeoutMs, startedAt);
  try {
    const fresh = record.state === 'new';
    const { result, closeLog } = await executeAction({
      deps,
      task,
      api,
      secrets,
      plugin,
      fresh,
      startedAt,
      signal: stop.signal,
    });
    parts.jobEnd.behind(jobOf(key), closeLog());
    return await keep(result);
  } finally {
    ended();
    cancelTimer?.();
  }
}

/** Counts from the first try of the activity, so a restart of the Worker gives no more time. */
function startTimer(stop: AbortController, timeoutMs: number, startedAt: string): () => void {
  const left = Math.max(0, timeoutMs - (Date.now() - Date.parse(startedAt)));
  const longest = 2 ** 31 - 1;
  const timer = setTimeout(() => stop.abort('timed_out' satisfies StopCause), Math.min(left, longest));
  return () => clearTimeout(timer);
}
