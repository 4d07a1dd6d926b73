import type { ActionPlan, JobPlan, Plan, Value } from '../../core/plan.ts';

export interface CredentialName {
  name: string;
  property?: string | undefined;
}

/** Every Credential that a plan names, as it names it. */
export function credentialsNamed(plan: Plan): CredentialName[] {
  const found: CredentialName[] = [];
  const visit = (values: Iterable<Value>): void => {
    for (const value of values) {
      if ('credential' in value) found.push(value.credential);
      else if ('list' in value) visit(value.list);
      else if ('object' in value) visit(Object.values(value.object));
    }
  };
  const visitAction = ({ input, engine }: ActionPlan): void => {
    visit(Object.values(input));
    visit(Object.values(engine.settings));
  };
  const visitJob = ({ args, forEach, body }: JobPlan): void => {
    visit(Object.values(args));
    if (forEach !== undefined) visit([forEach]);
    if (body.kind === 'actions') body.actions.forEach(visitAction);
    else body.jobs.forEach(visitJob);
  };
  plan.jobs.forEach(visitJob);
  return found;
}
