import { z } from 'zod';

/** Which Actions of a run wrote a summary. `size` in characters. */
export const SummaryItem = z.object({ jobPath: z.string(), action: z.string(), size: z.number().int() });
export type SummaryItem = z.infer<typeof SummaryItem>;

/** Markdown, as the Action wrote it, with secrets masked. */
export const Summary = z.object({ text: z.string() });
export type Summary = z.infer<typeof Summary>;
