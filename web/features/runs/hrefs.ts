import { triedName } from '../../../core/tries.ts';

const pages: Readonly<Record<string, string | undefined>> = { Job: '/jobs', Action: '/actions', Engine: '/engines' };

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

/** A file that a run stored, the run named as `pipeline/number`. */
export function fileHref(run: string, key: string): string {
  return `${namedRunHref(run)}?${new URLSearchParams({ tab: 'files', file: key })}`;
}

/** Of what runs of that name run. */
export function pipelineHref(name: string): string {
  return `/pipelines/${encodeURIComponent(triedName(name) ?? name)}`;
}

export function pipelineLabel(name: string): string {
  const tried = triedName(name);
  return tried === undefined ? name : `Try of ${tried}`;
}

/** The page of a definition; null where its kind has none. */
export function definitionHref(kind: string, name: string): string | null {
  if (kind === 'Pipeline') return pipelineHref(name);
  const path = pages[kind];
  return path === undefined ? null : `${path}/${encodeURIComponent(name)}`;
}

export function editHref(kind: string, name: string): string {
  return kind === 'Pipeline' ? `${pipelineHref(name)}/edit` : `/edit/${kind}/${encodeURIComponent(name)}`;
}

export function versionHref(kind: string, name: string, version: number): string {
  return `${definitionHref(kind, name)}?tab=versions&version=${version}`;
}

export function compareVersionsHref(kind: string, name: string, from: number, to: number): string {
  return `${definitionHref(kind, name)}?tab=versions&compare=${from}..${to}`;
}

export function deliveryHref(id: string): string {
  return `/deliveries/${encodeURIComponent(id)}`;
}

export function triggerHref(name: string): string {
  return `/triggers/${encodeURIComponent(name)}`;
}

/** Where a webhook delivers to. */
export function hookPath(trigger: string): string {
  return `/api/v1/hooks/${encodeURIComponent(trigger)}`;
}

export function runsHref(pipeline: string): string {
  return `/runs?pipeline=${encodeURIComponent(pipeline)}`;
}

export function scheduleHref(name: string): string {
  return `/schedules/${encodeURIComponent(name)}`;
}
