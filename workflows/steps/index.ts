import { needsWorker } from '../job-session.ts';
import { approval } from './approval.ts';
import { compare } from './compare.ts';
import { fail } from './fail.ts';
import { match } from './match.ts';
import { onWorker } from './on-worker.ts';
import { set } from './set.ts';
import type { Step, StepResult } from './step.ts';
import { wait } from './wait.ts';

/** Control flow, done in the workflow itself: one file a kind. */
const controlFlow: Readonly<Record<string, (step: Step) => StepResult | Promise<StepResult>>> = {
  approval,
  compare,
  fail,
  match,
  set,
  wait,
};

export async function takeStep(step: Step): Promise<StepResult> {
  const { type } = step.plan;
  if (needsWorker(step.plan)) return await onWorker(step);
  const take = controlFlow[type];
  return take === undefined ? { status: 'errored', reason: `There is no Action ${type}.` } : await take(step);
}
