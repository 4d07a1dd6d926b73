/** Addresses of pages. */
export function runHref(run: { pipeline: string; number: number }): string {
  return `/runs/${encodeURIComponent(run.pipeline)}/${run.number}`;
}

/** Of a run that is named as `pipeline/number`. */
export function namedRunHref(run: string): string {
  const at = run.lastIndexOf('/');
  return `/runs/${encodeURIComponent(run.slice(0, at))}/${run.slice(at + 1)}`;
}

export function pipelineHref(name: string): string {
  return `/pipelines/${encodeURIComponent(name)}`;
}

export function runsHref(pipeline: string): string {
  return `/runs?pipeline=${encodeURIComponent(pipeline)}`;
}
