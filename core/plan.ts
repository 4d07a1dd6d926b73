import { z } from 'zod';
import { Json } from './json.ts';
import { Priority } from './priority.ts';

/**
 * The plan: a Pipeline with everything it names resolved, in the form that the interpreter reads.
 * A run executes one plan, content-addressed by its SHA-256, so an edit never reaches a run in flight.
 */

/** CEL source, checked when the file was saved. */
const Expression = z.object({ expr: z.string() });
type Expression = z.infer<typeof Expression>;

/** A value that is computed when it is needed. An `expr` keeps its type; a `template` is text. */
export type Value =
  | { literal: Json }
  | { expr: string }
  | { template: (string | Expression)[] }
  | { list: Value[] }
  | { object: Record<string, Value> }
  | { credential: { name: string; property?: string | undefined } };
export const Value: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.strictObject({ literal: Json }),
    z.strictObject({ expr: z.string() }),
    z.strictObject({ template: z.array(z.union([z.string(), Expression])) }),
    z.strictObject({ list: z.array(Value) }),
    z.strictObject({ object: z.record(z.string(), Value) }),
    z.strictObject({ credential: z.object({ name: z.string(), property: z.string().optional() }) }),
  ]),
);

export const ParamType = z.enum(['list', 'object', 'string', 'boolean', 'number']);
export type ParamType = z.infer<typeof ParamType>;

export const Param = z.object({
  name: z.string(),
  description: z.string().optional(),
  type: ParamType,
  default: Json.optional(),
  options: z.array(Json).optional(),
  secret: z.boolean().optional(),
});
export type Param = z.infer<typeof Param>;

/** Times in milliseconds. `attempts` counts the first. */
export const Retry = z.object({
  attempts: z.number().int().min(1),
  delayMs: z.number().int().min(0),
  backoff: z.number().min(1),
  on: z.array(z.enum(['failed', 'errored', 'timed_out'])),
});
export type Retry = z.infer<typeof Retry>;

export const Outcome = z.enum(['continue success', 'continue failure', 'end success', 'end failure']);
export type Outcome = z.infer<typeof Outcome>;

/** Where Actions run: the engine's type, its settings, and labels that the Worker must have. */
export const EnginePlan = z.object({
  name: z.string(),
  type: z.string(),
  settings: z.record(z.string(), Value),
  requires: z.record(z.string(), z.string()),
});
export type EnginePlan = z.infer<typeof EnginePlan>;

export const ActionPlan = z.object({
  name: z.string(),
  /** Id of an Action plugin: `run`, `match`, `http`, … */
  type: z.string(),
  /** Where it is executed: in the workflow, on any Worker, or where its Job's Engine is. */
  place: z.enum(['workflow', 'native', 'job']),
  engine: EnginePlan,
  /** Names of earlier Actions of the same Job that must have ended well. */
  requires: z.array(z.string()),
  skipIf: z.string().optional(),
  timeoutMs: z.number().int().positive().optional(),
  retry: Retry.optional(),
  onSuccess: Outcome,
  onFailure: Outcome,
  idempotent: z.boolean(),
  /** The plugin's input, still to be computed. */
  input: z.record(z.string(), Value),
  /** Whether a later step reads `stdout` or matches the text, so it must come back to the workflow. */
  needsText: z.boolean(),
  /** Name of the `hooks` of its Job that belong to the Engine it runs on. */
  hook: z.string().optional(),
});
export type ActionPlan = z.infer<typeof ActionPlan>;

/** A Job of the library as the setup or teardown of an Engine: its Actions run in the Job that uses the Engine. */
export const HookPlan = z.object({
  job: z.string(),
  params: z.array(Param),
  args: z.record(z.string(), Value),
  timeoutMs: z.number().int().positive().optional(),
  actions: z.array(ActionPlan),
});
export type HookPlan = z.infer<typeof HookPlan>;

/** What comes before and after the Actions that a Job has on one Engine. `name` is unique in the Job. */
export const EngineHooks = z.object({
  name: z.string(),
  setup: HookPlan.optional(),
  teardown: HookPlan.optional(),
});
export type EngineHooks = z.infer<typeof EngineHooks>;

export const When = z.enum(['success', 'failure', 'always']);
export type When = z.infer<typeof When>;

export type JobBody =
  | { kind: 'actions'; actions: ActionPlan[]; hooks?: EngineHooks[] | undefined }
  /** A Pipeline's Jobs, or a called Pipeline: `scope` new means `pipeline.parameters` are its own. */
  | { kind: 'jobs'; jobs: JobPlan[]; scope: 'inherit' | 'new' };

/** What a run or Job has to itself while it goes on; names are computed when it asks. */
export const HoldPlan = z.object({
  /** Whether its names read what is inside the Job, as in the file of what it calls. */
  inside: z.boolean(),
  locks: z.array(Value),
  by: z.enum(['arrival', 'priority']),
  group: z
    .object({ name: Value, limit: z.number().int().min(1), whenFull: z.enum(['queue', 'replace', 'cancel', 'refuse']) })
    .optional(),
});
export type HoldPlan = z.infer<typeof HoldPlan>;

export interface JobPlan {
  name: string;
  requires: string[];
  when: When;
  skipIf?: string | undefined;
  forEach?: Value | undefined;
  retry?: Retry | undefined;
  timeoutMs?: number | undefined;
  holds?: HoldPlan[] | undefined;
  /** What was called, shown to people. */
  calls?: { kind: 'Job' | 'Pipeline'; name: string } | undefined;
  params: Param[];
  args: Record<string, Value>;
  body: JobBody;
}

export const JobPlan: z.ZodType<JobPlan> = z.lazy(() =>
  z.object({
    name: z.string(),
    requires: z.array(z.string()),
    when: When,
    skipIf: z.string().optional(),
    forEach: Value.optional(),
    retry: Retry.optional(),
    timeoutMs: z.number().int().positive().optional(),
    holds: z.array(HoldPlan).optional(),
    calls: z.object({ kind: z.enum(['Job', 'Pipeline']), name: z.string() }).optional(),
    params: z.array(Param),
    args: z.record(z.string(), Value),
    body: z.union([
      z.object({
        kind: z.literal('actions'),
        actions: z.array(ActionPlan),
        hooks: z.array(EngineHooks).optional(),
      }),
      z.object({ kind: z.literal('jobs'), jobs: z.array(JobPlan), scope: z.enum(['inherit', 'new']) }),
    ]),
  }),
);

export const NotifyEvent = z.enum(['failed', 'fixed', 'succeeded', 'stopped', 'waiting']);

/** Who is told of a run. Texts may name `run` and `pipeline.parameters`. */
export const NotifyPlan = z.object({
  on: z.array(NotifyEvent),
  slack: z.object({ channel: z.string(), message: Value.optional() }).optional(),
  email: z.object({ to: z.array(z.string()), subject: Value.optional(), text: Value.optional() }).optional(),
});
export type NotifyPlan = z.infer<typeof NotifyPlan>;

export const Plan = z.object({
  format: z.literal(1),
  pipeline: z.string(),
  parameters: z.array(Param),
  timeoutMs: z.number().int().positive().optional(),
  priority: Priority.optional(),
  notify: z.array(NotifyPlan).optional(),
  holds: z.array(HoldPlan).optional(),
  jobs: z.array(JobPlan),
});
export type Plan = z.infer<typeof Plan>;
