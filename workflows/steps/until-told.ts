import { condition } from '@temporalio/workflow';
import { isoAfter, msUntil, nowIso } from '../clock.ts';
import { durationOf, type Input } from './input.ts';
import type { Step } from './step.ts';

/** When the `timeout` of an Action is over, counted from its start; undefined where it has none. */
export function untilOf({ action }: Step, input: Input): string | undefined {
  if (!input.has('timeout')) return undefined;
  return isoAfter(action.startedAt ?? nowIso(), durationOf(input, 'timeout'));
}

/** Something outside that an Action waits for: a signal says only that it is to be read again. */
interface Told<Outcome> {
  id: string;
  /** Ids of all that was told of and not read since. */
  told: Set<string>;
  until: string | undefined;
  isOpen(outcome: Outcome): boolean;
  read(): Promise<Outcome>;
  /** Once the time is over. */
  end(): Promise<Outcome>;
}

export async function untilTold<Outcome>({ context }: Step, first: Outcome, of: Told<Outcome>): Promise<Outcome> {
  const isTold = () => of.told.has(of.id);
  for (let outcome = first; ; ) {
    if (!of.isOpen(outcome)) return outcome;
    if (of.until === undefined) await condition(isTold);
    else if (!(await condition(isTold, Math.max(1, msUntil(of.until))))) return await context.gate.through(of.end);
    of.told.delete(of.id);
    outcome = await context.gate.through(of.read);
  }
}
