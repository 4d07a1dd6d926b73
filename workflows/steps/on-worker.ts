import type { ActionTask } from '../../activities/types.ts';
import { evaluateFields } from '../../core/expressions/index.ts';
import { perform } from '../perform.ts';
import type { Step, StepResult } from './step.ts';

/** Everything that touches the world: an activity on the Worker that has the Job. */
export async function onWorker(step: Step): Promise<StepResult> {
  const { plan, cutTexts } = step;
  const result = await perform(step, taskOf(step));
  if (plan.needsText && result.textCut === true) cutTexts.add(plan.name);
  return {
    status: result.status,
    exitStatus: result.exitStatus,
    output: result.output,
    named: result.output,
    reason: result.reason,
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    ...(result.text === undefined ? {} : { text: result.text }),
  };
}

function taskOf({ context, plan, action, session, scope }: Step): ActionTask {
  const input = evaluateFields(plan.input, scope);
  const settings = evaluateFields(plan.engine.settings, scope);
  const finalTry = action.attempt >= (plan.retry?.attempts ?? 1);
  return {
    key: { ...session.key, action: plan.name, attempt: action.attempt },
    pipeline: context.pipeline,
    number: context.number,
    type: plan.type,
    input: input.value,
    inputCredentials: input.credentials,
    engine: {
      type: session.engineOf(plan),
      name: plan.engine.name,
      settings: settings.value,
      settingsCredentials: settings.credentials,
    },
    ...(plan.timeoutMs === undefined ? {} : { timeoutMs: plan.timeoutMs }),
    idempotent: plan.idempotent,
    needsText: plan.needsText,
    lastOfJob: finalTry && session.isLast(plan),
  };
}
