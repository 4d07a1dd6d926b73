import { actionsOf } from '../../core/hooks.ts';
import type { JobPlan, Value } from '../../core/plan.ts';

export interface CredentialName {
  name: string;
  property?: string | undefined;
}

/** Every Credential that a Job names, as it names it: in its Actions, those of its Engines' hooks among them, and their Engines, as none can be anywhere else. */
export function credentialsNamed({ body }: JobPlan): CredentialName[] {
  const found: CredentialName[] = [];
  const visit = (values: Iterable<Value>): void => {
    for (const value of values) {
      if ('credential' in value) found.push(value.credential);
      else if ('list' in value) visit(value.list);
      else if ('object' in value) visit(Object.values(value.object));
    }
  };
  for (const { plan } of actionsOf(body)) {
    visit(Object.values(plan.input));
    visit(Object.values(plan.engine.settings));
  }
  return found;
}
