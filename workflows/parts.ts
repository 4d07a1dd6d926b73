import { patched } from '@temporalio/workflow';
import { actionsOf } from '../core/hooks.ts';
import type { JobPlan } from '../core/plan.ts';
import { isFinal } from '../core/status.ts';
import { pathOf, type RunContext, type Surroundings, stopReason } from './context.ts';
import { endUnrun } from './end-job.ts';
import { needsWorker } from './job-session.ts';
import { isEnding } from './limited.ts';

/** Actions on Workers that one history holds with room to spare: about six events each. */
const mostActions = 1_000;
/** Smaller than what fits, so that several parts share the work. */
const actionsInPart = 150;
/** Parts at once. */
const partsAtOnce = 8;

/**
 * Gives what is too large for one history to workflows of its own: Jobs that no requirement connects with others, many
 * to a part. What is one large piece stays here, and goes on in a new history when this one is full.
 */
export function runInParts(
  context: RunContext,
  jobs: readonly JobPlan[],
  around: Surroundings,
): Map<string, Promise<void>> {
  const start = context.parts;
  const found = new Map<string, Promise<void>>();
  if (start === undefined || sum(jobs) <= mostActions) return found;
  const isOpen = ({ name }: JobPlan) => !isDone(context, pathOf(around.path, name));
  const parts = pack(pieces(jobs).filter((piece) => piece.some(isOpen)));
  const lanes: Promise<void>[] = [];
  for (const [index, part] of parts.entries()) {
    const before = lanes[index - partsAtOnce] ?? Promise.resolve();
    const over = before.then(() =>
      isEnding() && endTogether() ? endPart(context, part, around) : start(part, around),
    );
    lanes.push(over);
    for (const { name } of part) found.set(name, over);
  }
  return found;
}

/**
 * A run ended with the first part that broke or could not be started, and took the others with it. May go once no run
 * that was started before December 2026 is in flight.
 */
export function endTogether(): boolean {
  return patched('1-parts-end-together');
}

/** Ends Jobs that are not started any more. */
async function endPart(context: RunContext, part: readonly JobPlan[], around: Surroundings): Promise<void> {
  for (const { name } of part) {
    const job = context.book.job(pathOf(around.path, name));
    if (job !== undefined && !isFinal(job.status)) endUnrun(context.book, job, 'stopped', stopReason(context));
  }
}

function isDone({ book }: RunContext, path: string): boolean {
  const job = book.job(path);
  return job !== undefined && isFinal(job.status);
}

function sum(jobs: readonly JobPlan[]): number {
  return jobs.reduce((total, job) => total + weight(job), 0);
}

function weight({ body }: JobPlan): number {
  if (body.kind === 'jobs') return sum(body.jobs);
  return 1 + actionsOf(body).filter(({ plan }) => needsWorker(plan)).length;
}

/** Jobs that hang together by `requires`, in the order of their first. */
function pieces(jobs: readonly JobPlan[]): JobPlan[][] {
  const root = new Map<string, string>();
  const find = (name: string): string => {
    let top = name;
    for (let next = root.get(top); next !== undefined && next !== top; next = root.get(top)) top = next;
    return top;
  };
  for (const { name } of jobs) root.set(name, name);
  for (const { name, requires } of jobs) {
    for (const other of requires) if (root.has(other)) root.set(find(other), find(name));
  }
  const byRoot = new Map<string, JobPlan[]>();
  for (const job of jobs) {
    const top = find(job.name);
    byRoot.set(top, [...(byRoot.get(top) ?? []), job]);
  }
  return [...byRoot.values()];
}

function pack(all: readonly JobPlan[][]): JobPlan[][] {
  const parts: JobPlan[][] = [];
  let current: JobPlan[] = [];
  let held = 0;
  for (const piece of all) {
    const size = sum(piece);
    if (size > mostActions) continue;
    if (held > 0 && held + size > actionsInPart) {
      parts.push(current);
      current = [];
      held = 0;
    }
    current.push(...piece);
    held += size;
  }
  if (current.length > 0) parts.push(current);
  return parts;
}
