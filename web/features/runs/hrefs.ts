/** Addresses of pages. */
export function runHref(run: { pipeline: string; number: number }): string {
  return `/runs/${encodeURIComponent(run.pipeline)}/${run.number}`;
}

export function pipelineHref(name: string): string {
  return `/pipelines/${encodeURIComponent(name)}`;
}

export function runsHref(pipeline: string): string {
  return `/runs?pipeline=${encodeURIComponent(pipeline)}`;
}
