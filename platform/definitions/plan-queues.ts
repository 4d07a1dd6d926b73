import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { actionsOf } from '../../core/hooks.ts';
import { engineQueue } from '../../core/keys.ts';
import type { ActionPlan, JobPlan, Plan } from '../../core/plan.ts';

export interface RequirementQueue {
  queue: string;
  engine: string;
  requires: Record<string, string>;
}

/** The queues to which a run of this plan can send Actions, each once. */
export function planQueues(
  plan: Pick<Plan, 'jobs'>,
  actions: ReadonlyMap<string, Pick<ActionManifest, 'place'>>,
): RequirementQueue[] {
  const queues = new Map<string, RequirementQueue>();
  const visit = (jobs: readonly JobPlan[]): void => {
    for (const { body } of jobs) {
      if (body.kind === 'jobs') visit(body.jobs);
      else for (const { plan } of actionsOf(body)) add(plan);
    }
  };
  const add = ({ type, engine }: ActionPlan): void => {
    const place = actions.get(type)?.place;
    if (place === undefined || place === 'workflow') return;
    const wanted =
      place === 'native'
        ? { engine: 'native', requires: engine.requires }
        : { engine: engine.type, requires: engine.requires };
    const queue = engineQueue(wanted.engine, wanted.requires);
    queues.set(queue, { queue, ...wanted });
  };
  visit(plan.jobs);
  return [...queues.values()];
}
