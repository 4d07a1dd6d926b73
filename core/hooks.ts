import type { ActionPlan, EngineHooks, JobBody, JobPlan } from './plan.ts';

export const hookKinds = ['setup', 'teardown'] as const;
export type HookKind = (typeof hookKinds)[number];

/** What the names of a hook's Actions begin with, as people see them: no name of a file holds a colon. */
function hookPrefix(kind: HookKind, hooks: EngineHooks): string {
  return `${kind}:${hooks.name}:`;
}

export interface NamedAction {
  name: string;
  plan: ActionPlan;
}

/**
 * All Actions of a Job, with those of the setup and teardown of its Engines, in the order in which they run and under
 * the names that people see.
 */
export function actionsOf(body: JobBody): NamedAction[] {
  if (body.kind !== 'actions') return [];
  const { actions, hooks = [] } = body;
  const setUp = new Set<string>();
  const all: NamedAction[] = [];
  for (const plan of actions) {
    const engine = hooks.find(({ name }) => name === plan.hook);
    if (engine !== undefined && !setUp.has(engine.name)) all.push(...hookActions('setup', engine));
    if (engine !== undefined) setUp.add(engine.name);
    all.push({ name: plan.name, plan });
  }
  return [...all, ...hooks.toReversed().flatMap((engine) => hookActions('teardown', engine))];
}

/** Whether something must be torn down after a Job, or after one in it. */
export function hasTeardown({ body }: Pick<JobPlan, 'body'>): boolean {
  if (body.kind === 'jobs') return body.jobs.some(hasTeardown);
  return body.hooks?.some(({ teardown }) => teardown !== undefined) ?? false;
}

export function hookActions(kind: HookKind, hooks: EngineHooks): NamedAction[] {
  const prefix = hookPrefix(kind, hooks);
  return (hooks[kind]?.actions ?? []).map((plan) => ({ name: prefix + plan.name, plan }));
}
