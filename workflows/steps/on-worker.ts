import type { ActionTask } from '../../activities/types.ts';
import { evaluateFields } from '../../core/expressions/index.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { perform } from '../perform.ts';
import type { Step, StepResult } from './step.ts';

/** Everything that touches the world: an activity on the Worker that has the Job. */
export async function onWorker(step: Step): Promise<StepResult> {
  const { plan, cutTexts } = step;
  const task = taskOf(step);
  const result = await perform(step, task);
  if (plan.needsText && result.textCut === true) cutTexts.set(plan.name, task.key);
  return {
    status: result.status,
    exitStatus: result.exitStatus,
    output: result.output,
    named: result.output,
    reason: result.reason,
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    ...(hasFacts(result.info) ? { info: result.info } : {}),
    ...(result.text === undefined ? {} : { text: result.text }),
  };
}

function hasFacts(info: Json): info is JsonObject {
  return typeof info === 'object' && info !== null && !Array.isArray(info) && Object.keys(info).length > 0;
}

function taskOf({ context, plan, action, session, scope, hooks }: Step): ActionTask {
  const input = evaluateFields(plan.input, scope);
  // Within a hook the Engine still is that of the Job.
  const engineScope = plan.hook === undefined ? scope : (hooks?.engineScope ?? scope);
  const settings = evaluateFields(plan.engine.settings, engineScope);
  const environ = plan.hook === undefined ? undefined : hooks?.environ(plan.hook);
  const finalTry = action.attempt >= (plan.retry?.attempts ?? 1);
  return {
    key: { ...session.key, action: action.name, attempt: action.attempt },
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
    ...(environ === undefined ? {} : { environ }),
    ...(plan.timeoutMs === undefined ? {} : { timeoutMs: plan.timeoutMs }),
    idempotent: plan.idempotent,
    needsText: plan.needsText,
    lastOfJob: finalTry && session.isLast(plan),
  };
}
