import { z } from 'zod';
import { strict } from './fields.ts';

const LockNames = z.array(z.string().min(1)).min(1).max(20);

export const Locks = z
  .union([
    LockNames,
    strict({
      names: LockNames.describe('Names of locks, with ${{ }} where need be'),
      by: z
        .enum(['arrival', 'priority'])
        .optional()
        .describe('Who is next: the first that came, or of the best priority'),
    }),
  ])
  .describe('Locks that it has to itself from its start to its end; all at once or none');
export type Locks = z.infer<typeof Locks>;

export const Concurrency = z
  .union([
    z.string().min(1),
    strict({
      group: z.string().min(1).describe('Name of the group, with ${{ }} where need be'),
      limit: z.int().min(1).max(10_000).optional().describe('How many of the group go on at once; 1 when absent'),
      when_full: z
        .enum(['queue', 'replace', 'cancel', 'refuse'])
        .optional()
        .describe(
          'queue: it waits; replace: it takes the place of those that wait; cancel: also of those that run; refuse: it ends at once',
        ),
    }),
  ])
  .describe('Its group, of which only so many go on at once');
export type Concurrency = z.infer<typeof Concurrency>;
