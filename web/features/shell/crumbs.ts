import { pipelineHref, pipelineLabel } from '../runs/hrefs.ts';

export interface Crumb {
  label: string;
  href: string;
}

const roots: Record<string, string> = {
  pipelines: 'Pipelines',
  runs: 'Runs',
  approvals: 'Approvals',
  schedules: 'Schedules',
  'new-schedule': 'New schedule',
  locks: 'Locks',
  deliveries: 'Deliveries',
  triggers: 'Triggers',
  'new-webhook': 'New webhook',
  workers: 'Workers',
  jobs: 'Jobs',
  actions: 'Actions',
  engines: 'Engines',
  reference: 'API',
};

/** Where a page is. A run is reached through its Pipeline: Pipelines › deploy › #3. */
export function crumbs(pathname: string): Crumb[] {
  const [root = '', name, number] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (root === 'edit' && name !== undefined) {
    return [{ label: number === undefined ? `New ${name}` : `Edit the ${name} ${number}`, href: pathname }];
  }
  const label = roots[root];
  if (label === undefined) return [];
  if (name === undefined) return [{ label, href: `/${root}` }];
  if (root !== 'pipelines' && root !== 'runs') {
    return [
      { label, href: `/${root}` },
      { label: root === 'deliveries' ? name.slice(-12) : name, href: pathname },
    ];
  }
  const path = [
    { label: 'Pipelines', href: '/pipelines' },
    { label: pipelineLabel(name), href: pipelineHref(name) },
  ];
  if (root === 'pipelines' && name === 'new')
    return [
      { label, href: `/${root}` },
      { label: 'New', href: pathname },
    ];
  if (root === 'runs' && number === undefined)
    return [
      { label, href: `/${root}` },
      { label: 'Compare', href: pathname },
    ];
  if (number === undefined) return path;
  return [...path, { label: number === 'edit' ? 'Edit' : `#${number}`, href: pathname }];
}
