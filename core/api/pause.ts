import { z } from 'zod';

/** No run and no Job begins while there is one. */
export const Pause = z.object({
  /** Name of an identity. */
  by: z.string(),
  since: z.iso.datetime(),
  note: z.string(),
});
export type Pause = z.infer<typeof Pause>;

export const PauseState = z.object({ pause: Pause.nullable() });
export type PauseState = z.infer<typeof PauseState>;
