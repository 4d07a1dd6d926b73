import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Duration } from '../../core/duration-schema.ts';

export const manifest = {
  category: 'action',
  id: 'wait',
  title: 'Wait',
  description: 'Waits for some time',
  place: 'workflow',
  short: 'for',
  input: z.object({
    for: Duration.describe('How long, as 30s, 5m or 2h'),
  }),
  example: 'wait: { for: 5m }',
} satisfies ActionManifest;
