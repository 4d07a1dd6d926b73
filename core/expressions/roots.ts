import type { Json } from '../json.ts';
import { type Cel, type CelMap, fromJson } from './cel.ts';
import { Fault } from './fault.ts';
import type { Scope } from './scope.ts';

export function rootValue(name: string, scope: Scope): Cel {
  switch (name) {
    case 'pipeline':
      return fromJson({ parameters: scope.parameters });
    case 'job':
      return jobRoot(scope);
    case 'trigger':
      return fromJson(scope.trigger);
    case 'value':
      if (scope.value !== undefined) return fromJson(scope.value);
      throw new Fault('value is there in compare only');
    case 'run':
      if (scope.run !== undefined) return fromJson(scope.run);
      throw new Fault('run is there in notify only');
    default:
      throw new Fault(`there is no ${JSON.stringify(name)}`);
  }
}

function jobRoot(scope: Scope): CelMap {
  const { params, each, actions, jobs } = scope;
  return {
    kind: 'map',
    size: () => Object.keys(jobs).length + 2,
    keys: () => ['self', 'current', ...Object.keys(jobs)],
    get(key) {
      if (key === 'self') return fromJson({ params, ...each });
      if (key === 'current') return fromJson({ action: actions as unknown as Json });
      return Object.hasOwn(jobs, key) ? fromJson(jobs[key] as unknown as Json) : undefined;
    },
  };
}
