import { errorCode } from '../../core/errors.ts';
import { evaluateCondition, evaluateFields, type Scope } from '../../core/expressions/index.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { triggerArgs } from '../../core/language/plan-trigger.ts';
import { sourceOf, type TriggerSource, type TriggerSpec } from '../../core/language/schema-trigger.ts';
import type { Facts } from './facts.ts';
import { forgeVerdict } from './filters.ts';
import { forgeSender, isForge } from './senders/index.ts';

export interface Happening {
  id: string;
  trigger: string;
  source: TriggerSource;
  event: string;
  facts: JsonObject;
  payload: Json;
}

/** What a Trigger makes of a delivery, before anybody is started. */
export type Decision =
  | { passes: false; why: string }
  | { passes: true; greeting: true; why: string }
  | { passes: true; greeting: false; note: string | undefined; starts: Start[] };

/** One entry of its `runs`; `fault` where its args could not be computed. */
export type Start =
  | { pipeline: string; args: JsonObject; priority?: number | undefined }
  | { pipeline: string; fault: string };

/** Pipelines that come about by the ends of others. A ring is refused when it is saved, but an Action may close one. */
const longestChain = 20;
const tooLong = `More than ${longestChain} Pipelines would have started one another in a row.`;

const greeted = 'It is a greeting, which shows that the webhook arrives and is signed right.';

export function decide(spec: TriggerSpec | undefined, happening: Happening): Decision {
  const no = (why: string): Decision => ({ passes: false, why });
  const { source, event, facts, payload } = happening;
  if (spec === undefined) return no(`There is no Trigger ${happening.trigger} any more.`);
  if (sourceOf(spec) !== source) return no(`The Trigger takes ${sourceOf(spec)} now, no longer ${source}.`);
  if (Number(facts['chain'] ?? 0) > longestChain) return no(tooLong);
  let note: string | undefined;
  if (isForge(source)) {
    const filter = spec[source];
    const sender = forgeSender(source);
    if (sender.isGreeting(event)) return { passes: true, greeting: true, why: greeted };
    const happened = { event, facts: facts as JsonObject & Facts, payload: payload as JsonObject };
    const verdict = filter === undefined ? undefined : forgeVerdict(filter, sender, happened);
    if (verdict?.passes === false) return verdict;
    note = verdict?.note;
  }
  const scope = scopeOf({ ...happening.facts, ...aboutDelivery(happening), payload });
  try {
    if (spec.if !== undefined && !evaluateCondition(spec.if, scope)) return no(`Its if is false: ${spec.if}`);
  } catch (error) {
    return no(`Its if could not be computed: ${faultOf(error)}`);
  }
  return { passes: true, greeting: false, note, starts: (spec.runs ?? []).map((entry) => startOf(entry, scope)) };
}

/** What `trigger.*` has of the delivery itself. */
export function aboutDelivery({ id, trigger, source, event }: Happening) {
  return { name: trigger, source, delivery: id, event };
}

function startOf({ pipeline, args = {}, priority }: NonNullable<TriggerSpec['runs']>[number], scope: Scope): Start {
  try {
    return { pipeline, args: evaluateFields(triggerArgs(args), scope).value, priority };
  } catch (error) {
    return { pipeline, fault: faultOf(error) };
  }
}

function scopeOf(trigger: JsonObject): Scope {
  return { parameters: {}, params: {}, actions: {}, jobs: {}, trigger };
}

/** An expression that cannot be computed is the Trigger's fault; any other error is ours. */
function faultOf(error: unknown): string {
  if (errorCode(error) !== 'expression_failed') throw error;
  return (error as Error).message;
}
