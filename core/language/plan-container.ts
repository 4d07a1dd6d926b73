import { at, type Place, type Planning, report, type Surroundings } from './planning.ts';
import type { ActionEntry } from './schema-action.ts';
import type { JobEntry, JobSpec } from './schema-job.ts';
import { reportCode } from './values.ts';

const engineType = 'docker';

/** `type: container` is the docker Engine with an image, and a first Action called `command`. */
export function containerActions(
  planning: Planning,
  job: JobEntry | JobSpec,
  place: Place,
): { engine: Surroundings['engine']; actions: ActionEntry[]; placeOf(index: number): Place } {
  for (const field of ['image', 'command'] as const) {
    if (job[field] === undefined) report(planning, place, `type: container needs ${field}`);
  }
  if (job.command?.includes('${{')) reportCode(planning, at(place, 'command'), false);
  const known = planning.catalogue.engines.has(engineType);
  if (!known) {
    const types = [...planning.catalogue.engines.keys()].join(', ');
    const message = `type: container is the Engine ${engineType}, and there is no such type of Engine yet; there is ${types}`;
    report(planning, at(place, 'type'), message);
  }
  return {
    engine: known ? { field: { type: engineType, image: job.image }, place } : undefined,
    actions: [{ name: 'command', run: job.command ?? 'true' }, ...(job.actions ?? [])],
    placeOf: (index) => (index === 0 ? at(place, 'command') : at(place, 'actions', index - 1)),
  };
}
