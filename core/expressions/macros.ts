import type { ASTNode } from '@marcbachmann/cel-js';
import { type Cel, listOf, typeName } from './cel.ts';
import type { Evaluation } from './evaluation.ts';
import { Fault } from './fault.ts';
import { isList, isMap, itemsOf } from './operators.ts';

type Run = (node: ASTNode, at: Evaluation) => Cel;

/** `list.map(x, …)` and its like, over a list or the keys of an object. */
export function runMacro(name: string, receiver: Cel, args: ASTNode[], at: Evaluation, run: Run): Cel {
  const [element] = args;
  const body = args.at(-1);
  if (element?.op !== 'id' || body === undefined || args.length < 2)
    throw new Fault(`${name} is written list.${name}(x, …)`);
  const variable = element.args;
  const items = iterated(name, receiver);
  const bind = (value: Cel): Evaluation => ({ ...at, bound: { name: variable, value, outer: at.bound } });
  const holds = (node: ASTNode, value: Cel): boolean => {
    const result = run(node, bind(value));
    if (typeof result === 'boolean') return result;
    throw new Fault(`${name} needs true or false of each element, not ${typeName(result)}`);
  };
  switch (name) {
    case 'all':
      return items.every((item) => holds(body, item));
    case 'exists':
      return items.some((item) => holds(body, item));
    case 'exists_one':
      return items.filter((item) => holds(body, item)).length === 1;
    case 'filter':
      return listOf(items.filter((item) => holds(body, item)));
    default: {
      const chosen = args.length === 3 ? items.filter((item) => holds(args[1] as ASTNode, item)) : items;
      return listOf(chosen.map((item) => run(body, bind(item))));
    }
  }

  function iterated(macro: string, value: Cel): Cel[] {
    if (isList(value)) {
      at.meter.spend(value.size);
      return [...itemsOf(value)];
    }
    if (!isMap(value)) throw new Fault(`${macro} goes through a list or an object, not ${typeName(value)}`);
    const keys = value.keys();
    at.meter.spend(keys.length);
    return keys;
  }
}
