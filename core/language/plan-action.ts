import { durationMs } from '../duration.ts';
import type { Names } from '../expressions/index.ts';
import type { JsonObject } from '../json.ts';
import { nearestHint } from '../nearest.ts';
import type { ActionPlan, Retry as RetryPlan, Value } from '../plan.ts';
import type { ActionKind } from './action-type.ts';
import { checkInput } from './check-input.ts';
import type { Retry } from './fields.ts';
import { planControlFlow } from './plan-control-flow.ts';
import type { OnEngine } from './plan-engine.ts';
import { at, type Place, type Planning, report } from './planning.ts';
import type { ActionEntry } from './schema-action.ts';
import { planExpression, planValue, planWrittenNames, reportCode } from './values.ts';

/** What an Action has from the Job that it is in. */
export interface ActionContext {
  names: Names;
  /** The Engine of an Action: its own field, else the Job's. */
  engine(own: ActionEntry['engine'], place: Place): OnEngine;
  /** The Action before it that prints, whose text `match` and `compare` read. */
  printed: string | undefined;
}

type OfType = Extract<ActionKind, { kind: 'type' }>;

/** An Action of a built-in or plugin's type. */
export function planTypedAction(
  planning: Planning,
  name: string,
  entry: ActionEntry,
  kind: OfType,
  place: Place,
  context: ActionContext,
): ActionPlan {
  return {
    name,
    type: kind.manifest.id,
    place: kind.manifest.place,
    ...placedOn(kind.manifest.place, context.engine(entry.engine, at(place, 'engine'))),
    ...planCommon(planning, entry, place, context.names),
    onSuccess: entry.on_success ?? 'continue success',
    onFailure: entry.on_failure ?? 'end failure',
    idempotent: entry.idempotent ?? false,
    input: planInput(planning, kind, context),
    needsText: false,
  };
}

/** Only what runs where the Job's workspace is has to do with what sets its Engine up. */
export function placedOn(place: ActionPlan['place'], { engine, hook }: OnEngine): OnEngine {
  return hook === undefined || place !== 'job' ? { engine } : { engine, hook };
}

/** The fields that do not depend on its type. */
export function planCommon(
  planning: Planning,
  entry: ActionEntry,
  place: Place,
  names: Names,
): Pick<ActionPlan, 'requires' | 'skipIf' | 'timeoutMs' | 'retry'> {
  for (const [index, required] of (entry.requires ?? []).entries()) {
    if (names.actions.has(required)) continue;
    const message = names.allActions.has(required)
      ? `the Action ${required} does not come before this one`
      : `there is no Action ${JSON.stringify(required)} before this one${nearestHint(required, names.actions)}`;
    report(planning, at(place, 'requires', index), message);
  }
  if (entry.skip_if !== undefined) planExpression(planning, entry.skip_if, at(place, 'skip_if'), names);
  return {
    requires: entry.requires ?? [],
    ...(entry.skip_if === undefined ? {} : { skipIf: entry.skip_if }),
    ...timeoutOf(entry.timeout),
    ...(entry.retry === undefined ? {} : { retry: planRetry(entry.retry) }),
  };
}

export function timeoutOf(timeout: string | undefined): { timeoutMs?: number } {
  const timeoutMs = timeout === undefined ? undefined : durationMs(timeout);
  return timeoutMs === undefined ? {} : { timeoutMs };
}

export function planRetry(retry: Retry): RetryPlan {
  return {
    attempts: retry.attempts,
    delayMs: (retry.delay === undefined ? undefined : durationMs(retry.delay)) ?? 0,
    backoff: retry.backoff ?? 1,
    on: retry.on ?? ['failed'],
  };
}

function planInput(planning: Planning, kind: OfType, context: ActionContext): Record<string, Value> {
  const { manifest, input, places } = kind;
  const code = new Set(manifest.code ?? []);
  const environ = manifest.besides?.includes('environ') === true;
  const credentials =
    manifest.place === 'workflow' ? `${manifest.id} is not run by a Worker, so it cannot have a Credential` : true;
  const values: Record<string, Value> = {};
  for (const [field, json] of Object.entries(input)) {
    const place = places.of(field);
    const plan = manifest.writtenNames?.includes(field) === true ? planWrittenNames : planValue;
    if (!code.has(field)) values[field] = plan(planning, json, place, { names: context.names, credentials });
    else if (!JSON.stringify(json).includes('${{')) values[field] = { literal: json };
    else reportCode(planning, place, environ);
  }
  planControlFlow(planning, manifest.id, values, places, context);
  const complete = checkInput(planning, manifest.input, withoutReported(values, input), places);
  return complete;
}

/** Code that was refused counts as being there, so that nobody is told that it is missing. */
function withoutReported(values: Record<string, Value>, input: JsonObject): Record<string, Value> {
  const left = Object.keys(input).filter((field) => !Object.hasOwn(values, field));
  return { ...values, ...Object.fromEntries(left.map((field) => [field, { expr: 'null' }])) };
}
