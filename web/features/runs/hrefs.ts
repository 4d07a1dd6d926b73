import { triedName } from '../../../core/tries.ts';

/** Addresses of pages. */
export function runHref(run: { pipeline: string; number: number }): string {
  return `/runs/${encodeURIComponent(run.pipeline)}/${run.number}`;
}

/** Two runs side by side, each named as `pipeline/number`. */
export function compareHref(a: string, b: string): string {
  return `/runs/compare?${new URLSearchParams({ a, b })}`;
}

/** Of a run that is named as `pipeline/number`. */
export function namedRunHref(run: string): string {
  const at = run.lastIndexOf('/');
  return `/runs/${encodeURIComponent(run.slice(0, at))}/${run.slice(at + 1)}`;
}

/** Of what runs of that name run. */
export function pipelineHref(name: string): string {
  return `/pipelines/${encodeURIComponent(triedName(name) ?? name)}`;
}

export function pipelineLabel(name: string): string {
  const tried = triedName(name);
  return tried === undefined ? name : `Try of ${tried}`;
}

export function versionHref(name: string, version: number): string {
  return `${pipelineHref(name)}?tab=versions&version=${version}`;
}

export function runsHref(pipeline: string): string {
  return `/runs?pipeline=${encodeURIComponent(pipeline)}`;
}

export function scheduleHref(name: string): string {
  return `/schedules/${encodeURIComponent(name)}`;
}
