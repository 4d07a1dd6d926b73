import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Json } from '../json.ts';
import { nearestHint } from '../nearest.ts';

/** Fields that several kinds share. */

const reserved: ReadonlySet<string> = new Set(['self', 'current']);

export const Name = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'a name begins with a letter and holds letters, digits, - and _')
  .refine((name) => !reserved.has(name), 'self and current mean something else in expressions; take another name');

export const Description = z.string().max(10_000).describe('For people');

export const ExpressionText = z
  .string()
  .min(1)
  .refine((text) => !text.includes('${{'), 'this is an expression already; write it without ${{ }}')
  .describe('CEL expression, without ${{ }}');

export const Args = z.record(z.string(), Json).describe('Values for its params');

export const Labels = z.record(z.string().min(1), z.string()).describe('Labels that a Worker must have');

/** Between the names that an unknown-field message holds; see `problemsOf`. */
export const perKey = '\u0000';

const mostTold = 100;

/** An object in which a field that it does not have is refused with the nearest right one. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const executed = ([, field]: [string, z.core.$ZodType]) => !z.globalRegistry.get(field)?.['notExecutedYet'];
  const known = Object.entries(shape)
    .filter(executed)
    .map(([name]) => name);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, mostTold)
            .map((key) => unknownField(key, known))
            .join(perKey)
        : undefined,
  });
}

export function unknownField(name: string, known: Iterable<string>): string {
  return `there is no field ${JSON.stringify(name)}${nearestHint(name, known)}`;
}

/** A field of the language that nothing executes yet: refused, never ignored. */
export function notExecutedYet(name: string) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value === undefined) return;
      context.addIssue({
        code: 'custom',
        message: `${name} is part of the language, but this version does not execute it yet`,
        params: { code: 'not_executed_yet' },
      });
    })
    .optional()
    .meta({ notExecutedYet: true });
}

export const Retry = strict({
  attempts: z.int().min(1).max(1000).describe('How often it is tried in all, the first time counted'),
  delay: Duration.optional().describe('How long to wait before it is tried again'),
  backoff: z.number().min(1).max(100).optional().describe('What the delay is multiplied by each time'),
  on: z
    .array(z.enum(['failed', 'errored', 'timed_out']))
    .min(1)
    .optional()
    .describe('What is tried again; failed when absent'),
}).describe('Trying again');
export type Retry = z.infer<typeof Retry>;
