import { randomUUID } from 'node:crypto';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { ActionTask, ControlActivities, EngineActivities } from '../../activities/types.ts';
import type { JsonObject } from '../../core/json.ts';
import { actionKeyText, controlQueue, type JobKey, jobKeyText, runWorkflowId } from '../../core/keys.ts';
import { builtInCatalogue, checkFiles } from '../../core/language/index.ts';
import { checkParameters } from '../../core/language/parameters.ts';
import type { Plan } from '../../core/plan.ts';
import type { JobState, RunLeft, RunState, Transition } from '../../core/run-state.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { bundleWorkflows } from '../../workers/workflow-bundle.ts';
import type { pipelineRun } from '../../workflows/index.ts';
import { approvalsInMemory, type KnownApprovals } from './approvals.ts';
import { execute } from './commands.ts';
import { holdsInMemory } from './holds.ts';
import { groupOf, outcomeOf, stateOf } from './known.ts';
import { type KnownWaits, waitActivities, wake } from './known-waits.ts';

/** The interpreter with a real Temporal server. Around it stand what a database and an Engine answer, kept in memory. */
export interface Interpreter {
  /** Runs a Pipeline of these files to its end. */
  run(files: string, options?: StartOptions): Promise<RunState>;
  start(files: string, options?: StartOptions): Promise<Started>;
  /** Everything that was executed, in the order of its start, as `job/action#attempt`. */
  executed: string[];
  tornDown: string[];
  transitions: Transition[];
  approvals: KnownApprovals;
  waits: KnownWaits;
  tasks: ActionTask[];
  /** What is held or waited for, by run and path of the Job. */
  holds: ReturnType<typeof holdsInMemory>['rows'];
  /** Id of the workflow that decides of them. */
  keeperId: string;
  /** Whether the server is paused, as runs read it. */
  pause(on: boolean): void;
  /** The Worker that has the Jobs is gone, and another serves new ones. Also `w2`, where it is told so after that. */
  loseWorker(id?: 'w1' | 'w2'): void;
  stop(): Promise<void>;
}

interface StartOptions {
  pipeline?: string;
  parameters?: JsonObject;
  inherited?: JobState[];
  /** The plan comes with the start, as small ones do. */
  opened?: boolean;
}

export interface Started {
  handle: WorkflowHandle<typeof pipelineRun>;
  runId: string;
  /** Temporal's id of the first history. */
  temporalRunId: string;
  result(): Promise<RunState>;
  decide(verdict: 'approved' | 'rejected', comment?: string): Promise<void>;
  /** Sends all that wait for a Trigger a payload. */
  send(payload: JsonObject): Promise<void>;
  /** Ends the workflow in Temporal, and has done what follows then. */
  terminate(left: RunLeft): Promise<RunState>;
}

export async function bundle(root?: string): Promise<{ code: string }> {
  return { code: await bundleWorkflows(root) };
}

export async function createInterpreter(
  environment: TestWorkflowEnvironment,
  workflowBundle: Awaited<ReturnType<typeof bundle>>,
): Promise<Interpreter> {
  const runs = new Map<string, { plan: Plan; parameters: JsonObject; number: number; inherited: JobState[] }>();
  const ended = new Map<string, RunState>();
  const approvals: KnownApprovals = new Map();
  const waits: KnownWaits = new Map();
  const executed: string[] = [];
  const tornDown: string[] = [];
  const tasks: ActionTask[] = [];
  const transitions: Transition[] = [];
  const texts = new Map<string, string>();
  const claims = new Map<string, string>();
  const workerIds = ['w1', 'w2'] as const;
  const lost = new Set<string>();
  let paused = false;

  const keeperId = `locks/${randomUUID()}`;
  const { rows: holds, ...holdActivities } = holdsInMemory(environment.client.workflow, keeperId);

  const control: ControlActivities = {
    ...holdActivities,
    isPaused: async () => paused,
    ...approvalsInMemory(approvals),
    async openRun(runId, part) {
      const found = runs.get(runId);
      if (found === undefined) throw ApplicationFailure.nonRetryable(`no run ${runId}`);
      const { plan, number, parameters, inherited } = found;
      const jobs =
        part === undefined ? plan.jobs : groupOf(plan.jobs, part.group).filter(({ name }) => part.jobs.includes(name));
      const shared = { pipeline: plan.pipeline, number, parameters, trigger: {}, startedBy: 'test' };
      return { ...shared, plan: { ...plan, jobs }, inherited };
    },
    async readState(runId) {
      return stateOf(
        transitions.filter((one) => one.runId === runId),
        ({ path, attempt }) => claims.get(jobKeyText({ runId, jobPath: path, jobAttempt: attempt })),
      );
    },
    async closeRun(state) {
      ended.set(state.runId, state);
    },
    ...waitActivities(waits),
    async findClaim(key) {
      const holder = claims.get(jobKeyText(key));
      return holder === undefined ? null : { workerId: holder, alive: !lost.has(holder), started: true };
    },
    async matchLog(log, pattern) {
      const found = new RegExp(pattern).exec(texts.get(actionKeyText(log)) ?? '');
      return found === null ? null : { groups: found.slice(1) };
    },
  };

  const engine: EngineActivities = {
    async runAction(task) {
      // The server's clock does not run ahead of an activity that nobody takes, so it is taken, and given back.
      if (lost.has(Context.current().info.taskQueue.replace('worker/', ''))) {
        throw ApplicationFailure.create({ type: 'worker_lost', nonRetryable: true });
      }
      const holder = claims.get(jobKeyText(task.key)) ?? (lost.has('w1') ? 'w2' : 'w1');
      claims.set(jobKeyText(task.key), holder);
      tasks.push(task);
      executed.push(`${task.key.jobPath}/${task.key.action}#${task.key.attempt}`);
      return await execute(task, texts, holder);
    },
    async teardownJob(job: JobKey & { engineType: string }) {
      tornDown.push(jobKeyText(job));
    },
  };

  const shared = { connection: environment.nativeConnection, dataConverter };
  const workers = [
    await Worker.create({
      ...shared,
      taskQueue: controlQueue,
      workflowBundle,
      activities: control,
      sinks: {
        transitions: {
          publish: {
            callDuringReplay: false,
            fn: (_: unknown, transition: Transition) => void transitions.push(structuredClone(transition)),
          },
        },
      },
    }),
    ...(await Promise.all(
      [...workerIds.map((id) => `worker/${id}`), 'engine/local', 'engine/native'].map((taskQueue) =>
        Worker.create({ ...shared, taskQueue, activities: engine, maxHeartbeatThrottleInterval: '100ms' }),
      ),
    )),
  ];
  const over = Promise.all(workers.map((worker) => worker.run()));

  async function endOf(workflowId: string): Promise<void> {
    try {
      await environment.client.workflow.getHandle(workflowId).result();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  async function start(files: string, options: StartOptions = {}): Promise<Started> {
    const { plans, problems } = checkFiles([{ name: 'test.yaml', content: files }], [], builtInCatalogue);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const plan = options.pipeline === undefined ? [...plans.values()][0] : plans.get(options.pipeline);
    if (plan === undefined) throw new Error('no plan');
    const given = checkParameters(plan.parameters, options.parameters ?? {});
    if (!('values' in given)) throw new Error(JSON.stringify(given.problems));
    const runId = randomUUID();
    const number = runs.size + 1;
    const inherited = options.inherited ?? [];
    runs.set(runId, { plan, parameters: given.values, number, inherited });
    const { pipeline } = plan;
    const opened = { pipeline, number, plan, parameters: given.values, trigger: {}, startedBy: 'test', inherited };
    const handle = await environment.client.workflow.start<typeof pipelineRun>('pipelineRun', {
      taskQueue: controlQueue,
      workflowId: `${runWorkflowId(plan.pipeline, number)}/${runId}`,
      args: [{ runId, ...(options.opened ? { opened } : {}) }],
    });
    return {
      handle,
      runId,
      temporalRunId: handle.firstExecutionRunId,
      async result() {
        await handle.result();
        const state = ended.get(runId);
        if (state === undefined) throw new Error('the run was not closed');
        return state;
      },
      async terminate(left) {
        await handle.terminate();
        const workflowId = `${handle.workflowId}/left`;
        await environment.client.workflow.execute<typeof pipelineRun>('pipelineRun', {
          taskQueue: controlQueue,
          workflowId,
          args: [{ runId, left }],
        });
        return ended.get(runId) as RunState;
      },
      async send(payload) {
        for (const waitId of wake(waits, runId, payload)) await handle.signal('triggerSent', { waitId });
      },
      async decide(verdict, comment = '') {
        for (const [approvalId, found] of approvals) {
          if (found.request.runId !== runId || found.outcome.state !== 'pending') continue;
          found.outcome = outcomeOf(verdict, comment);
          await handle.signal('approvalDecided', { approvalId });
        }
      },
    };
  }

  return {
    executed,
    tornDown,
    transitions,
    approvals,
    waits,
    tasks,
    holds,
    keeperId,
    start,
    run: async (files, options) => await (await start(files, options)).result(),
    pause(on) {
      paused = on;
    },
    loseWorker(id = 'w1') {
      lost.add(id);
    },
    async stop() {
      // Left to its idle minute it would be woken for a Worker that is gone, and a clock that runs ahead wait for that.
      if (holds.size === 0 && environment.supportsTimeSkipping) await endOf(keeperId);
      for (const worker of workers) worker.shutdown();
      await over;
    },
  };
}
