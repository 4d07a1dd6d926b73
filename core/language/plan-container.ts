import type { EnginePlan, Value } from '../plan.ts';
import { registryOf } from '../registry.ts';
import { at, type Place, type Planning, report, type Surroundings } from './planning.ts';
import type { ActionEntry } from './schema-action.ts';
import type { JobEntry, JobSpec } from './schema-job.ts';
import { isLiteral, reportCode } from './values.ts';

const byDefault = 'docker';

/** `type: container` is an Engine of containers with an image, and a first Action called `command`. */
export function containerActions(
  planning: Planning,
  job: JobEntry | JobSpec,
  place: Place,
): { actions: ActionEntry[]; placeOf(index: number): Place } {
  for (const field of ['image', 'command'] as const) {
    if (job[field] === undefined) report(planning, place, `type: container needs ${field}`);
  }
  if (job.command?.includes('${{')) reportCode(planning, at(place, 'command'), false);
  return {
    actions: [{ name: 'command', run: job.command ?? 'true' }, ...(job.actions ?? [])],
    placeOf: (index) => (index === 0 ? at(place, 'command') : at(place, 'actions', index - 1)),
  };
}

/** The Engine around the Job where that has images, else Docker. */
export function containerEngine(
  planning: Planning,
  image: string | undefined,
  place: Place,
  around: Surroundings['engine'],
): Surroundings['engine'] {
  const own = image === undefined ? {} : { image };
  const docker = { field: { type: byDefault, ...own }, place };
  if (around === undefined) return docker;
  const { field } = around;
  const definition = typeof field === 'string' ? planning.library.engine(field) : undefined;
  if (definition !== undefined) return hasImage(planning, definition.spec.type) ? around : docker;
  // What nobody knows is told of where it is written.
  if (typeof field === 'string' && !planning.catalogue.engines.has(field)) return around;
  const inline = typeof field === 'string' ? { type: field } : field;
  return hasImage(planning, inline.type) ? { ...around, field: { ...inline, ...own } } : docker;
}

/** The image of the Job goes over that of an Engine of the library, whose login no other registry is told. */
export function withImage(engine: EnginePlan, image: string | undefined): EnginePlan {
  if (image === undefined) return engine;
  const { login, ...rest } = engine.settings;
  const keepsLogin = login !== undefined && registry(engine.settings['image']) === registryOf(image);
  return { ...engine, settings: { ...rest, ...(keepsLogin && { login }), image: { literal: image } } };
}

function registry(image: Value | undefined): string | undefined {
  return image !== undefined && isLiteral(image) && typeof image.literal === 'string'
    ? registryOf(image.literal)
    : undefined;
}

function hasImage(planning: Planning, type: string): boolean {
  return Object.hasOwn(planning.catalogue.engines.get(type)?.settings.shape ?? {}, 'image');
}
