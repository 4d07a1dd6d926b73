import type { Names } from '../expressions/index.ts';
import type { ActionPlan } from '../plan.ts';
import { planActions } from './plan-actions.ts';
import { containerActions, containerEngine, withImage } from './plan-container.ts';
import type { OnEngine } from './plan-engine.ts';
import { at, type Place, type Planning, type Surroundings } from './planning.ts';
import type { JobEntry, JobSpec } from './schema-job.ts';

/** Finds the Engine that a field names or holds. */
export type EngineOf = (given: Surroundings['engine']) => OnEngine;

/** The Actions of a Job, each on an Engine of its own or on the Job's. */
export function planJobActions(
  planning: Planning,
  job: JobEntry | JobSpec,
  place: Place,
  { names, engine, engineOf }: { names: Names; engine: Surroundings['engine']; engineOf: EngineOf },
): ActionPlan[] {
  const container = job.type === 'container' ? containerActions(planning, job, place) : undefined;
  let ofJob: OnEngine | undefined;

  function ofContainer(): OnEngine {
    const found = engineOf(containerEngine(planning, job.image, place, engine));
    return { ...found, engine: withImage(found.engine, job.image) };
  }

  return planActions(
    planning,
    container?.actions ?? job.actions ?? [],
    container?.placeOf ?? ((index) => at(place, 'actions', index)),
    {
      names,
      engine: (own, where) => {
        if (own !== undefined) return engineOf({ field: own, place: where });
        ofJob ??= container === undefined ? engineOf(engine) : ofContainer();
        return ofJob;
      },
    },
  );
}
