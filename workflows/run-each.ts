import { evaluateValue, type Scope } from '../core/expressions/index.ts';
import type { JobPlan, Value } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import { isFinal, worst } from '../core/status.ts';
import { nowIso } from './clock.ts';
import { endReason, type RunContext, type Surroundings } from './context.ts';
import { endBroken, endUnrun, partEnded } from './end-job.ts';
import { isEnding } from './limited.ts';
import { register } from './register.ts';
import { ended } from './run-book.ts';
import { runHeld } from './run-held.ts';

/** Jobs that one `for_each` may make. */
const mostItems = 1_000;

/** Makes one Job an item of a list, and runs them side by side. */
export async function runEach(
  context: RunContext,
  { plan, list }: { plan: JobPlan; list: Value },
  job: JobState,
  { around, scope }: { around: Surroundings; scope: Scope },
): Promise<void> {
  const { book } = context;
  const { value: items } = evaluateValue(list, scope);
  if (!Array.isArray(items))
    throw new TypeError(`for_each gave ${items === null ? 'nothing' : typeof items}, not a list.`);
  if (items.length > mostItems)
    throw new TypeError(`for_each gave ${items.length} items; a run takes ${mostItems} at the most.`);
  book.change(job, { status: 'running', startedAt: job.startedAt ?? nowIso(), attempt: 1 });
  const one: JobPlan = { ...plan, forEach: undefined, skipIf: undefined, requires: [] };
  // All are seen before the first begins.
  const instances = items.map((item, index) => ({
    each: { item, index },
    state: register(context, one, { group: around.path, parent: job.path, name: `${plan.name}[${index}]` }),
  }));
  const states = await Promise.all(
    instances.map(async ({ each, state }) => {
      if (isFinal(state.status)) return state.status;
      if (isEnding() && state.startedAt === null) {
        endUnrun(book, state, 'stopped', endReason(context, state.path, partEnded));
        return state.status;
      }
      try {
        await runHeld(context, one, state, { around, scope: { ...scope, each } });
      } catch (error) {
        endBroken(context, state, error);
      }
      return state.status;
    }),
  );
  const status = worst(states);
  const bad = instances.find(({ state }) => isFinal(state.status) && state.status === status && status !== 'succeeded');
  book.change(
    job,
    ended(job, status, bad === undefined ? null : `${bad.state.name}: ${bad.state.reason ?? bad.state.status}`),
  );
}
