import type { InjectedSinks } from '@temporalio/worker';
import type { RunState } from '../../core/run-state.ts';
import type { Publisher } from '../../platform/run-state/publisher.ts';

/** What workflows publish, on its way to the database. */
type RunSinks = { transitions: { publish(transition: RunState): void } };

export function createSinks(publisher: Publisher): InjectedSinks<RunSinks> {
  return {
    transitions: {
      publish: {
        callDuringReplay: false,
        fn({ workflowType }, transition) {
          // The jobs are the workflow's own objects, and go on changing there.
          publisher.publish(structuredClone(transition), workflowType === 'pipelineRun' ? 'run' : 'part');
        },
      },
    },
  };
}
