import { isObject } from '../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { GraphItem } from './layout.ts';

/** The Jobs of a Pipeline's document, before it has run. Called Jobs and Pipelines stay closed. */
export function definitionItems(spec: JsonObject, parent: string | null = null): GraphItem[] {
  const jobs = list(spec.jobs).filter(isObject);
  const pathOf = (value: Json | undefined) => {
    const name = typeof value === 'string' ? value : '';
    return parent === null ? name : `${parent}/${name}`;
  };
  return jobs.flatMap((job, index) => {
    const path = pathOf(nameOf(job));
    const before = jobs[index - 1];
    const requires = list(job.requires).map((name) => pathOf(name));
    if (spec.sequence === true && before !== undefined) requires.push(pathOf(nameOf(before)));
    return [{ path, parent, requires: [...new Set(requires)] }, ...definitionItems(job, path)];
  });
}

/** A call without a name has that of what it calls. */
function nameOf(job: JsonObject): Json | undefined {
  return job.name ?? job.job ?? job.pipeline;
}

function list(value: Json | undefined): Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
