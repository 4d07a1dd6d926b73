/** Address of a run's page on the server at `base`. */
export function runUrl(base: string, { pipeline, number }: { pipeline: string; number: number }): string {
  return `${base}/runs/${encodeURIComponent(pipeline)}/${number}`;
}
