import { pipelineHref, pipelineLabel } from '../runs/hrefs.ts';

export interface Crumb {
  label: string;
  href: string;
}

const roots: Record<string, string> = {
  pipelines: 'Pipelines',
  runs: 'Runs',
  approvals: 'Approvals',
  workers: 'Workers',
};

/** Where a page is. A run is reached through its Pipeline: Pipelines › deploy › #3. */
export function crumbs(pathname: string): Crumb[] {
  const [root = '', name, number] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const label = roots[root];
  if (label === undefined) return [];
  if (name === undefined) return [{ label, href: `/${root}` }];
  const path = [
    { label: 'Pipelines', href: '/pipelines' },
    { label: pipelineLabel(name), href: pipelineHref(name) },
  ];
  return number === undefined ? path : [...path, { label: `#${number}`, href: pathname }];
}
