/** Whether `deploy 12`, `deploy#12`, `deploy/12` or `12` means this run. */
export function matchesRun(run: { pipeline: string; number: number }, query: string): boolean {
  const [name = '', number = ''] = query.toLowerCase().split(/[\s#/]+/);
  if (number === '' && /^\d+$/.test(name) && String(run.number).startsWith(name)) return true;
  return run.pipeline.toLowerCase().includes(name) && String(run.number).startsWith(number);
}
