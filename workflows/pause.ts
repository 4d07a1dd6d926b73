import { CancellationScope, condition } from '@temporalio/workflow';
import type { JobState } from '../core/run-state.ts';
import { control } from './activities.ts';
import type { RunContext } from './context.ts';
import type { Gate } from './gate.ts';

/** Whether the server is paused, as far as this workflow was told. */
export interface Pause {
  readonly isOn: boolean;
  /** A word of it is only a hint to look. */
  look(): Promise<void>;
}

export function createPause(gate: Gate, runId: string): Pause {
  let isOn = false;
  let looks = 0;
  return {
    get isOn() {
      return isOn;
    },
    async look() {
      // Until it is known what is true nothing begins.
      isOn = true;
      looks += 1;
      const mine = looks;
      const found = await CancellationScope.nonCancellable(() => gate.through(() => control.isPaused(runId)));
      if (mine === looks) isOn = found;
    },
  };
}

/** Holds a Job that has not begun until the pause is over. */
export async function untilResumed({ book, pause }: RunContext, job: JobState): Promise<void> {
  book.change(job, { status: 'queued', wait: { kind: 'paused' }, reason: 'The server is paused' });
  await condition(() => !pause.isOn);
}
