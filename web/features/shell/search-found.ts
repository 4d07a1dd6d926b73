import type { SearchHit, SearchKind } from '../../../core/api/search.ts';
import type { Status } from '../../../core/status.ts';
import { deliveryHref, fileHref, namedRunHref, pipelineHref, scheduleHref, triggerHref } from '../runs/hrefs.ts';
import { places } from './places.ts';

/** Something that search leads to. */
export interface Found {
  kind: SearchKind | 'page';
  title: string;
  text: string;
  href: string;
  status: Status | null;
}

/** Where each kind is seen. */
const pages: Record<SearchKind, (id: string, title: string) => string> = {
  Pipeline: pipelineHref,
  run: namedRunHref,
  approval: namedRunHref,
  delivery: deliveryHref,
  Job: under('/jobs'),
  Action: under('/actions'),
  Engine: under('/engines'),
  Trigger: triggerHref,
  schedule: scheduleHref,
  worker: () => '/workers',
  file: fileHref,
};
export const searchedKinds = Object.keys(pages) as SearchKind[];

export const groupLabels: Record<Found['kind'], string> = {
  Pipeline: 'Pipelines',
  run: 'Runs',
  approval: 'Waits for a decision',
  delivery: 'Deliveries',
  Job: 'Jobs',
  Action: 'Actions',
  Engine: 'Engines',
  Trigger: 'Triggers',
  schedule: 'Schedules',
  worker: 'Workers',
  file: 'Files',
  page: 'Pages',
};

export function foundOf(hits: readonly SearchHit[]): Found[] {
  return hits.map(({ kind, id, title, text, status }) => ({ kind, title, text, href: pages[kind](id, title), status }));
}

/** `start deploy` and `run deploy` mean that a run is to be started. */
export function readWish(query: string): { starts: boolean; text: string } {
  const [, text] = /^\s*(?:start|run)\s+(\S.*)$/i.exec(query) ?? [];
  return text === undefined ? { starts: false, text: query.trim() } : { starts: true, text: text.trim() };
}

/** Those of the rail that are called like what was typed. */
export function foundPages(text: string): Found[] {
  return places
    .filter(({ label }) => matches(label, text))
    .map(({ label, href }) => ({ kind: 'page', title: label, text: '', href, status: null }));
}

/** Whether each word of a text is in a title. */
export function matches(title: string, text: string): boolean {
  const lower = title.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

function under(folder: string): (name: string) => string {
  return (name) => `${folder}/${encodeURIComponent(name)}`;
}
