import { z } from 'zod';
import type { Param } from '../plan.ts';
import { checkParameters } from './parameters.ts';
import { ParamSpec } from './schema-param.ts';

/** What an approval's output says by itself. */
const taken: ReadonlySet<string> = new Set(['by', 'comment', 'at', 'digest', 'files']);

const Field = ParamSpec.superRefine((field, context) => {
  const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (taken.has(field.name)) {
    fault('name', `${field.name} is an output of every approval already; take another name`);
  }
  if (field.secret === true) {
    fault(
      'secret',
      'what is filled in is an output of the Action, which people and later Jobs read: it cannot be secret',
    );
  }
  if (field.default === undefined) return;
  const checked = checkParameters([field as Param], {});
  for (const { message } of 'problems' in checked ? checked.problems : []) fault('default', message);
});

/** What whoever approves fills in: Params, of which those without a default must be given. */
export const ApprovalFields = z
  .array(Field)
  .min(1)
  .max(50)
  .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'two fields have one name');
