import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Outcome } from '../plan.ts';
import { Description, ExpressionText, Name, notExecutedYet, Retry } from './fields.ts';
import { EngineField } from './schema-engine.ts';
import { ParamSpecs } from './schema-param.ts';

/** The fields that every Action may have beside those of its type. */
export const actionFields = {
  name: Name.optional().describe('Name; when absent, its type'),
  description: Description.optional(),
  type: z.string().min(1).optional().describe('Type, where the field of the type is not there'),
  engine: EngineField.optional(),
  requires: z.array(Name).optional().describe('Earlier Actions of the Job that must have ended well'),
  skip_if: ExpressionText.optional().describe('Expression; where it is true the Action is skipped'),
  timeout: Duration.optional().describe('How long it may take, as 30s'),
  retry: Retry.optional(),
  on_success: Outcome.optional().describe('What happens when it succeeds; continue success when absent'),
  on_failure: Outcome.optional().describe('What happens when it fails; end failure when absent'),
  idempotent: z.boolean().optional().describe('Whether doing it twice does no harm'),
  reconcile: notExecutedYet('reconcile'),
};

/** Fields of its type are checked against the catalogue when it is planned. */
export const ActionEntry = z.looseObject(actionFields);
export type ActionEntry = z.infer<typeof ActionEntry>;

/** An Action in the library. */
export const ActionSpec = z.looseObject({
  ...actionFields,
  kind: z.literal('Action'),
  name: Name.describe('Name; used as a field of the Actions that call it'),
  params: ParamSpecs.optional().describe('Its parameters, read as job.self.params.X'),
});
export type ActionSpec = z.infer<typeof ActionSpec>;
