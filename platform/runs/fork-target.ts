import { PalvellaError } from '../../core/errors.ts';
import { findJob } from '../../core/find-job.ts';
import type { JsonObject } from '../../core/json.ts';
import { sentence } from '../../core/language/document.ts';
import { nearestHint } from '../../core/nearest.ts';
import type { Plan } from '../../core/plan.ts';

/** Refuses what is no Job of the plan, or only one of those that a `for_each` makes. */
export function checkFrom(plan: Plan, from: string, version: number): void {
  const segments = from.split('/');
  const each = segments.findIndex(
    (segment, at) =>
      segment.endsWith(']') ||
      (at < segments.length - 1 && findJob(plan, segments.slice(0, at + 1).join('/'))?.forEach !== undefined),
  );
  const path = segments
    .slice(0, each + 1)
    .join('/')
    .replace(/\[\d+\]$/, '');
  if (each !== -1 && findJob(plan, path) !== undefined) {
    throw new PalvellaError('invalid_request', `${from} is one of the Jobs that ${path} makes of a list.`, {
      remedy: `Fork from ${path}, or retry from ${from}.`,
    });
  }
  if (findJob(plan, from) !== undefined) return;
  const hint = nearestHint(from, pathsOf(plan.jobs, ''));
  throw new PalvellaError('not_found', sentence(`Version ${version} has no Job ${JSON.stringify(from)}${hint}`));
}

function pathsOf(jobs: Plan['jobs'], prefix: string): string[] {
  return jobs.flatMap(({ name, body }) => [
    prefix + name,
    ...(body.kind === 'jobs' ? pathsOf(body.jobs, `${prefix}${name}/`) : []),
  ]);
}

/** What the new run's plan still takes of what the old one was given. */
export function keptOf(plan: Plan, given: JsonObject): { kept: JsonObject; dropped: string[] } {
  const names = new Set(plan.parameters.map(({ name }) => name));
  const entries = Object.entries(given);
  return {
    kept: Object.fromEntries(entries.filter(([name]) => names.has(name))),
    dropped: entries.map(([name]) => name).filter((name) => !names.has(name)),
  };
}
