import { checkPattern, readsValue } from '../expressions/index.ts';
import { nearestHint } from '../nearest.ts';
import type { Value } from '../plan.ts';
import type { ActionContext } from './plan-action.ts';
import { checkTold } from './plan-approval.ts';
import { type Place, type Planning, report } from './planning.ts';
import { literalText, planExpression } from './values.ts';

/** What the interpreter itself reads of an Action is checked when it is saved, and made explicit. */
export function planControlFlow(
  planning: Planning,
  type: string,
  values: Record<string, Value>,
  places: { of(field: string): Place },
  context: ActionContext,
): void {
  switch (type) {
    case 'approval':
      checkTold(planning, values, places);
      return;
    case 'match': {
      const pattern = literalText(values['pattern']);
      const fault = pattern === undefined ? undefined : checkPattern(pattern);
      if (fault !== undefined) report(planning, places.of('pattern'), fault);
      giveText(planning, values, places.of('pattern'), context);
      return;
    }
    case 'compare': {
      const expression = literalText(values['expression']);
      if (expression === undefined) return;
      const names = { ...context.names, value: true };
      const fine = planExpression(planning, expression, places.of('expression'), names);
      if (fine && readsValue(expression)) giveText(planning, values, places.of('expression'), context);
      return;
    }
    case 'trigger': {
      const pipeline = literalText(values['pipeline']);
      const { library } = planning;
      if (pipeline === undefined || library.kindOf(pipeline) !== undefined || library.isFaulty(pipeline)) return;
      const hint = nearestHint(pipeline, library.runnableNames());
      report(planning, places.of('pipeline'), `there is no Pipeline ${JSON.stringify(pipeline)}${hint}`);
      return;
    }
    case 'wait': {
      if (values['trigger'] === undefined) return;
      const trigger = literalText(values['trigger']);
      if (trigger === undefined) {
        report(planning, places.of('trigger'), 'this must be the name of a Trigger, written in place');
        return;
      }
      const { library } = planning;
      const names = library.triggerNames();
      if (names.includes(trigger) || library.isFaulty(trigger)) return;
      const hint = nearestHint(trigger, names);
      report(planning, places.of('trigger'), `there is no Trigger ${JSON.stringify(trigger)}${hint}`);
      return;
    }
    default:
  }
}

function giveText(planning: Planning, values: Record<string, Value>, place: Place, { printed }: ActionContext): void {
  if (values['of'] !== undefined) return;
  if (printed !== undefined) values['of'] = { expr: `job.current.action["${printed}"].stdout` };
  else report(planning, place, 'no Action before this one prints anything', { remedy: 'Say what to read by of.' });
}
