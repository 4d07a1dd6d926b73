import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Scope } from '../core/expressions/index.ts';
import { type HookKind, hookActions } from '../core/hooks.ts';
import type { EngineHooks, JobBody } from '../core/plan.ts';
import type { ActionState, JobState } from '../core/run-state.ts';
import { control } from './activities.ts';
import { messageOf } from './cause-of.ts';
import type { RunContext } from './context.ts';
import { type Environ, environOf } from './environ.ts';
import { type JobSession, leaveWorker, needsWorker } from './job-session.ts';
import { limited } from './limited.ts';
import { paramsOf } from './params-of.ts';
import { type JobEnd, runActions } from './run-actions.ts';
import { newAction } from './run-book.ts';
import type { StepHooks } from './steps/step.ts';

export interface JobHooks extends StepHooks {
  /** Tears down, the last first, each Engine of which something was begun. The reason where that failed. Never throws. */
  tearDown(): Promise<string | undefined>;
}

export interface HooksOf {
  context: RunContext;
  job: JobState;
  session: JobSession;
  body: Extract<JobBody, { kind: 'actions' }>;
  scope: Omit<Scope, 'actions'>;
}

/** The setup and teardown of the Engines of one try of a Job. What was done is read off the states of their Actions. */
export function createHooks({ context, job, session, body, scope }: HooksOf): JobHooks {
  const { hooks = [] } = body;
  const environs = new Map<string, Environ>();
  const faults: string[] = [];
  const engineScope: Scope = { ...scope, actions: {} };
  const taken = session.lost && job.worker !== null ? body.actions.find(needsWorker)?.hook : undefined;
  let attempt = session.key.jobAttempt;

  const self: JobHooks = {
    engineScope,
    environ: (name) => environs.get(name),
    setUp: async (name) => {
      if (attempt !== session.key.jobAttempt) await startOver();
      const engine = hooks.find((one) => one.name === name);
      if (engine === undefined || environs.has(name)) return undefined;
      const end = await run('setup', engine);
      const given = environOf(outputOf(engine));
      if (end.status !== 'succeeded') return `The setup of the Engine ${name} failed: ${end.reason ?? end.status}`;
      if ('fault' in given) return `The setup of the Engine ${name} failed: ${given.fault}`;
      environs.set(name, given.environ);
      return undefined;
    },
    tearDown: async () => {
      try {
        if (hooks.some(isBegun)) await CancellationScope.nonCancellable(tearDownAll);
      } catch (error) {
        faults.push(`The teardown broke: ${messageOf(error)}`);
      }
      return faults.length === 0 ? undefined : faults.join(' ');
    },
  };

  async function tearDownAll(): Promise<void> {
    if (!(await hasWorker())) return;
    session.closing = true;
    for (const engine of hooks.filter(isBegun).toReversed()) {
      const given = environOf(outputOf(engine));
      environs.set(engine.name, 'fault' in given ? {} : given.environ);
      const end = await run('teardown', engine);
      if (end.status !== 'succeeded') {
        faults.push(`The teardown of the Engine ${engine.name} failed: ${end.reason ?? end.status}`);
      }
    }
    session.closing = false;
  }

  /** False where no Worker ever had the Job, so there is nothing to tear down. */
  async function hasWorker(): Promise<boolean> {
    if (session.lost) leaveWorker(context, job, session);
    else if (session.workerId === undefined && attempt === session.key.jobAttempt) {
      const claim = await context.gate.through(() => control.findClaim({ ...session.key, action: '', attempt: 0 }));
      if (claim === null) return false;
      session.workerId = claim.workerId;
    }
    return true;
  }

  /** The Job went to another Worker: what the lost one set up is torn down there, and set up anew. */
  async function startOver(): Promise<void> {
    await CancellationScope.nonCancellable(tearDownAll);
    attempt = session.key.jobAttempt;
    environs.clear();
    const names = new Set(hooks.flatMap((engine) => statesOf(engine).map(({ name }) => name)));
    const actions = job.actions.map((one) => (names.has(one.name) ? newAction(one.name, one.type) : one));
    context.book.change(job, { actions });
  }

  async function run(kind: HookKind, engine: EngineHooks): Promise<Pick<JobEnd, 'status' | 'reason'>> {
    const plan = engine[kind];
    if (plan === undefined) return { status: 'succeeded', reason: null };
    try {
      const params = paramsOf(plan, engineScope);
      const inside = { parameters: {}, params, jobs: {}, trigger: scope.trigger };
      const actions = hookActions(kind, engine);
      const parts = { context, job, session, actions, scope: inside, hooks: { ...self, setUp: undefined } };
      const tried = await limited(plan.timeoutMs, () => runActions(parts));
      if (!tried.timedOut) return tried.value;
      return { status: 'timed_out', reason: `It took longer than its timeout of ${plan.timeoutMs} ms.` };
    } catch (error) {
      if (isCancellation(error)) throw error;
      return { status: 'errored', reason: messageOf(error) };
    }
  }

  /** Where the run was lost, also of the Engine whose Action a Worker had taken without a word of it since. */
  function isBegun(engine: EngineHooks): boolean {
    if (engine.name === taken) return true;
    if (engine.setup !== undefined) return statesOf(engine, 'setup').some(({ status }) => status !== 'queued');
    const own = new Set(body.actions.filter(({ hook }) => hook === engine.name).map(({ name }) => name));
    return job.actions.some(({ name, status }) => own.has(name) && !unbegun.has(status));
  }

  function statesOf(engine: EngineHooks, ...kinds: HookKind[]): ActionState[] {
    const wanted = kinds.length === 0 ? (['setup', 'teardown'] as const) : kinds;
    const names = new Set(wanted.flatMap((kind) => hookActions(kind, engine).map(({ name }) => name)));
    return job.actions.filter(({ name }) => names.has(name));
  }

  /** The later wins, as for a Job. */
  function outputOf(engine: EngineHooks): Record<string, unknown> {
    const outputs = statesOf(engine, 'setup').map(({ output }) => output);
    return Object.assign({}, ...outputs.filter((one) => !Array.isArray(one)));
  }

  return self;
}

const unbegun: ReadonlySet<string> = new Set(['queued', 'skipped', 'blocked']);
