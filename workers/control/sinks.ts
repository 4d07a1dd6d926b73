import type { InjectedSinks } from '@temporalio/worker';
import type { Transition } from '../../core/run-state.ts';
import type { Publisher } from '../../platform/run-state/publisher.ts';

/** What workflows publish, on its way to the database. */
type RunSinks = { transitions: { publish(transition: Transition): void } };

export function createSinks(publisher: Publisher): InjectedSinks<RunSinks> {
  return {
    transitions: {
      publish: {
        callDuringReplay: false,
        fn({ workflowId, workflowType }, transition) {
          publisher.publish(transition, { workflowId, writer: workflowType === 'pipelineRun' ? 'run' : 'part' });
        },
      },
    },
  };
}
