import { z } from 'zod';
import { statuses } from './status.ts';

/** Apart from the words themselves, so that a run needs no schema library to know them. */
export const Status = z.enum(statuses);
