import type { ActionState, JobChange, JobState, RunState, Transition } from '../../core/run-state.ts';

/** Room between two Jobs of a plan for those that `for_each` makes. */
const stride = 2_000;
const made = /^(.*?)\[(\d+)\]/;

export interface JobRow {
  path: string;
  /** Place in the plan; null where it is not to change, or follows from `root`. */
  position: number | null;
  /** Of what `for_each` made: the Job that has it, and which of its items this is. */
  root: string | null;
  item: number | null;
  status: string;
  attempt: number;
  state: Omit<JobState, 'actions'>;
}

export interface ActionRow {
  jobPath: string;
  name: string;
  position: number;
  jobAttempt: number;
  attempt: number;
  status: string;
  state: ActionState;
}

/** A whole state, as if all of it had changed. */
export function transitionOf(state: RunState): Transition {
  const jobs = state.jobs.map((job) => ({
    ...job,
    actions: job.actions.map((action, position) => ({ ...action, position })),
  }));
  return { ...state, jobs };
}

/** `whole`: all Jobs of the plan are among them, in its order. */
export function jobRows(jobs: readonly JobChange[], whole: boolean): JobRow[] {
  const places = new Map(whole ? jobs.map(({ path }, index) => [path, index * stride]) : []);
  return jobs.map((job) => {
    const { actions: _, ...state } = job;
    const [, root = null, item] = made.exec(state.path) ?? [];
    const place = root === null ? places.get(state.path) : places.get(root);
    return {
      path: state.path,
      position: place === undefined ? null : place + (item === undefined ? 0 : 1 + Number(item)),
      root,
      item: item === undefined ? null : Number(item),
      status: state.status,
      attempt: state.attempt,
      state,
    };
  });
}

export function actionRows(jobs: readonly JobChange[]): ActionRow[] {
  return jobs.flatMap(({ path, attempt, actions }) =>
    actions.map(({ position, ...state }) => ({
      jobPath: path,
      name: state.name,
      position,
      jobAttempt: attempt,
      attempt: state.attempt,
      status: state.status,
      state,
    })),
  );
}
