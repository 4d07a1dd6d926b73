import { z } from 'zod';
import { durationHint, durationMs } from './duration.ts';

/** Text like `500ms 30s 5m 2h 30d`: one whole number and its unit. */
export const Duration = z.string().superRefine((text, context) => {
  if (durationMs(text) === undefined) {
    context.addIssue({ code: 'custom', message: `${JSON.stringify(text)} is no duration: ${durationHint}` });
  }
});
