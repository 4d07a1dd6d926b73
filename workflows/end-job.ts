import { isCancellation } from '@temporalio/workflow';
import type { JobState } from '../core/run-state.ts';
import { isFinal, type Status } from '../core/status.ts';
import { messageOf } from './cause-of.ts';
import { endReason, type RunContext } from './context.ts';
import { ended, type RunBook } from './run-book.ts';

/** Of what was ended with a group of Jobs. */
export const partEnded = 'What it is part of was ended.';

/** Ends a Job that does not run, and all that is in it. */
export function endUnrun(book: RunBook, job: JobState, status: Status, reason: string | null): void {
  book.change(job, ended(job, status, reason));
  for (const inner of within(book, job.path)) book.change(inner, ended(inner, status, null));
}

/** What is in a Job, and what its `for_each` made. */
export function within(book: RunBook, path: string): JobState[] {
  return book.jobs().filter((one) => one.path.startsWith(`${path}/`) || one.path.startsWith(`${path}[`));
}

/** Ends a Job that an error left, and what is in it. */
export function endBroken(context: RunContext, job: JobState, error: unknown): void {
  if (isCancellation(error)) {
    endUnfinished(context, job, 'stopped', endReason(context, job.path, partEnded));
  } else endUnfinished(context, job, 'errored', messageOf(error));
}

function endUnfinished(context: RunContext, job: JobState, status: Status, reason: string): void {
  context.book.change(job, ended(job, status, reason));
  for (const inner of within(context.book, job.path)) {
    if (!isFinal(inner.status)) context.book.change(inner, ended(inner, 'stopped', null));
  }
}
