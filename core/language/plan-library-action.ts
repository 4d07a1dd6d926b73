import { celLiteral, replaceParams, wholeParam } from '../expressions/index.ts';
import type { Json } from '../json.ts';
import type { ActionPlan, Value } from '../plan.ts';
import { type ActionKind, actionKind, type LibraryAction } from './action-type.ts';
import { type ActionContext, placedOn, planCommon, planTypedAction } from './plan-action.ts';
import { planArgs, planParams, typesOf } from './plan-args.ts';
import { at, noNames, type Place, type Planning, report } from './planning.ts';
import type { ActionEntry } from './schema-action.ts';
import { literalText } from './values.ts';

/** An Action of the library where it is used: what it reads as `job.self.params` is put in its place. */
export function planLibraryAction(
  planning: Planning,
  name: string,
  entry: ActionEntry,
  { action, args, place: argsPlace }: Extract<ActionKind, { kind: 'library' }>,
  place: Place,
  context: ActionContext,
): ActionPlan | undefined {
  const base = planActionDefinition(planning, name, action, context);
  if (base === undefined) return undefined;
  const params = planParams(planning, action.spec.params, { locate: action.locate, path: ['params'] });
  const given = planArgs(planning, { kind: 'Action', name: action.name, params }, args, argsPlace, {
    names: context.names,
    credentials: true,
  });
  const values = new Map<string, Value>();
  for (const param of params) values.set(param.name, given[param.name] ?? { literal: param.default ?? null });
  const put = substitution(values, (message) => report(planning, argsPlace, message));
  const { skipIf: ownSkipIf, ...own } = planCommon(planning, entry, place, context.names);
  const skips = [
    ...(base.skipIf === undefined ? [] : [put.expression(base.skipIf)]),
    ...(ownSkipIf ? [ownSkipIf] : []),
  ];
  const { engine, hook, ...unplaced } = base;
  const onEngine = entry.engine === undefined ? { engine, hook } : context.engine(entry.engine, at(place, 'engine'));
  return {
    ...unplaced,
    ...own,
    ...placedOn(base.place, onEngine),
    ...(skips.length === 0
      ? {}
      : { skipIf: skips.length === 1 ? (skips[0] as string) : skips.map((one) => `(${one})`).join(' || ') }),
    onSuccess: entry.on_success ?? base.onSuccess,
    onFailure: entry.on_failure ?? base.onFailure,
    idempotent: entry.idempotent ?? base.idempotent,
    input: putInput(base, put),
  };
}

/** An Action of the library as it is written, its params not yet put in their places. */
function planActionDefinition(
  planning: Planning,
  name: string,
  action: LibraryAction,
  context: ActionContext,
): ActionPlan | undefined {
  const { spec, locate } = action;
  const place: Place = { locate, path: [] };
  const { name: _name, kind: _kind, params, ...entry } = spec;
  const kind = actionKind(planning, entry as never, place);
  if (kind === undefined) return undefined;
  if (kind.kind === 'library') {
    report(planning, kind.place, `an Action of the library has a type of its own; it cannot call ${kind.action.name}`);
    return undefined;
  }
  const inside: ActionContext = {
    ...context,
    names: { ...noNames, params: typesOf((params ?? []) as never) },
  };
  return planTypedAction(planning, name, entry, kind, place, inside);
}

interface Substitution {
  expression(source: string): string;
  value(value: Value): Value;
}

function putInput({ type, input }: ActionPlan, put: Substitution): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => {
      const expression = type === 'compare' && field === 'expression' ? literalText(value) : undefined;
      return [field, expression === undefined ? put.value(value) : { literal: put.expression(expression) }];
    }),
  );
}

function substitution(values: ReadonlyMap<string, Value>, fault: (message: string) => void): Substitution {
  const source = (param: string) => {
    const written = celSource(values.get(param) ?? { literal: null });
    if (written === undefined)
      fault(`${param} is a Credential here, so it can only be a whole value, not a part of an expression`);
    return written ?? 'null';
  };
  const expression = (text: string): string => {
    try {
      return replaceParams(text, source);
    } catch {
      // What is wrong with the expression was reported where it is written.
      return text;
    }
  };
  const value = (one: Value): Value => {
    if ('expr' in one) return values.get(paramOf(one.expr) ?? '') ?? { expr: expression(one.expr) };
    if ('template' in one)
      return templateOf(one.template.map((part) => (typeof part === 'string' ? part : value(part))));
    if ('list' in one) return { list: one.list.map(value) };
    if ('object' in one) {
      return { object: Object.fromEntries(Object.entries(one.object).map(([key, item]) => [key, value(item)])) };
    }
    return one;
  };
  const templateOf = (parts: (string | Value)[]): Value => ({
    template: parts.flatMap((part) => {
      if (typeof part === 'string') return [part];
      if ('template' in part) return part.template;
      if ('expr' in part) return [part];
      const written = celSource(part);
      if (written === undefined) fault('a Credential can only be a whole value, not a part of a text');
      return [{ expr: written ?? 'null' }];
    }),
  });
  return { expression, value };
}

function paramOf(expression: string): string | undefined {
  try {
    return wholeParam(expression);
  } catch {
    return undefined;
  }
}

/** A value as the source of an expression; undefined where a Credential is in it. */
function celSource(value: Value): string | undefined {
  if ('literal' in value) return celLiteral(value.literal as Json);
  if ('expr' in value) return `(${value.expr})`;
  if ('template' in value) {
    const parts = value.template.map((part) => (typeof part === 'string' ? celLiteral(part) : `string(${part.expr})`));
    return `(${parts.join(' + ')})`;
  }
  if ('credential' in value) return undefined;
  const parts = 'list' in value ? value.list.map(celSource) : Object.values(value.object).map(celSource);
  if (parts.includes(undefined)) return undefined;
  if ('list' in value) return `[${parts.join(', ')}]`;
  const names = Object.keys(value.object);
  return `{${parts.map((part, index) => `${celLiteral(names[index] as string)}: ${part}`).join(', ')}}`;
}
