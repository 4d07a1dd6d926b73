import type { RunDetail, RunSummary } from '../core/api/objects.ts';
import type { JobState } from '../core/run-state.ts';

/** What `run --json` prints. */
export function runJson({ id, number, pipeline, status, url }: RunSummary) {
  return { id, number, pipeline, status, url };
}

/** What `show --json` prints. */
export function runDetailJson(run: RunDetail) {
  return { ...runJson(run), wait: run.wait, jobs: run.jobs.map(jobJson) };
}

function jobJson({ name, path, status, reason, wait, startedAt, endedAt, output, actions }: JobState) {
  return {
    name,
    path,
    status,
    reason,
    wait,
    startedAt,
    endedAt,
    output,
    actions: actions.map((action) => ({
      name: action.name,
      type: action.type,
      status: action.status,
      exitStatus: action.exitStatus,
      ...(action.info === undefined ? {} : { info: action.info }),
      output: action.output,
      reason: action.reason,
    })),
  };
}
