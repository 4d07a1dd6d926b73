import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import type { Want } from '../core/holds.ts';
import type { Wait } from '../core/run-state.ts';
import type { Asked } from '../core/wants-of.ts';
import { control } from './activities.ts';
import type { RunContext } from './context.ts';

export interface HoldOf {
  /** Path of the Job; empty for the whole run. */
  path: string;
  asked: Asked;
  /** An earlier history got it, and what holds it is in the middle. */
  isTaken: boolean;
  /** Ends `work` where one that is newer takes its place; absent where it cannot be ended by itself. */
  end?: ((reason: string) => void) | undefined;
  /** Told when it must wait, as what. */
  waits(wait: Wait, reason: string): void;
}

/**
 * Does `work` with all that is asked for, and gives it back however that ends. The reason where it may not be done at
 * all. `work` may give it back itself, where something is still to follow.
 */
export async function withHold(
  context: RunContext,
  hold: HoldOf,
  work: (release: () => Promise<void>) => Promise<void>,
): Promise<string | undefined> {
  const { path, isTaken, end } = hold;
  const key = { runId: context.runId, jobPath: path };
  let held = true;
  async function release(): Promise<void> {
    if (!held) return;
    await CancellationScope.nonCancellable(() => context.gate.through(() => control.releaseHold(key)));
    held = false;
  }
  const place = context.places.enter(path, { isTaken, end });
  try {
    const refused = isTaken ? undefined : await take(context, hold, place);
    if (refused === undefined) await work(release);
    return refused;
  } finally {
    await release();
    context.places.leave(path);
  }
}

/** A signal only says that there is something to read. */
async function take(
  context: RunContext,
  { path, asked, waits }: HoldOf,
  place: { id?: number | undefined },
): Promise<string | undefined> {
  const { told } = context;
  const { workflowId } = workflowInfo();
  const request = { runId: context.runId, jobPath: path, workflowId, ...asked };
  const ask = () => context.gate.through(() => control.askHold(request));
  let answer = await ask();
  place.id = answer.id;
  if (answer.state === 'waiting') waits(waitOf(asked.wants), `Waits for ${wantsText(asked.wants)}`);
  while (answer.state === 'waiting') {
    await condition(() => told.has(path));
    told.delete(path);
    answer = await ask();
  }
  return answer.state === 'ended' ? answer.reason : undefined;
}

/** Which of them is not to be had, and who has it, is told to whoever reads the run. */
function waitOf(wants: readonly Want[]): Wait {
  const names = wants.flatMap((want) => (want.kind === 'lock' ? [want.name] : []));
  const group = wants.find((want) => want.kind === 'group');
  if (names.length > 0 || group === undefined) return { kind: 'lock', names };
  return { kind: 'group', group: group.name, limit: group.limit };
}

function wantsText(wants: readonly Want[]): string {
  return wants
    .map(({ kind, name }) => (kind === 'lock' ? `the lock ${name}` : `a place in the group ${name}`))
    .join(' and ');
}
