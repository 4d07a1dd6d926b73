import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Json } from '../json.ts';
import { strict } from './fields.ts';

export const Schedule = strict({
  every: Duration.optional().describe('Once in this time'),
  cron: z.string().min(1).optional().describe('Five fields, as 0 3 * * *'),
  calendar: z.record(z.string(), Json).optional().describe('Fields of a calendar'),
  time_zone: z.string().min(1).optional().describe('Time zone, as UTC'),
  overlap: z.enum(['skip', 'buffer', 'cancel', 'allow']).optional().describe('What happens while a run goes on'),
  catch_up: Duration.optional().describe('How late a missed start may still be made'),
});
