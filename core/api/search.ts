import { z } from 'zod';
import { Status } from '../status-schema.ts';

/** What can be found, in the order in which it is shown. A Trigger that starts by the clock is a `schedule`. */
export const searchKinds = [
  'Pipeline',
  'run',
  'approval',
  'delivery',
  'Job',
  'Action',
  'Engine',
  'Trigger',
  'schedule',
  'worker',
  'file',
] as const;
export const SearchKind = z.enum(searchKinds);
export type SearchKind = z.infer<typeof SearchKind>;

export const SearchHit = z.object({
  kind: SearchKind,
  /** A definition's name, a run as `pipeline/number`, the id of a Worker or a delivery. An approval, a file: their run. */
  id: z.string(),
  /** What is shown: a name, `pipeline #number`, the prompt of an approval, a Trigger and what it was sent, the key of a file. */
  title: z.string(),
  /** What it is more exactly, as a description, the parameter or the branch that was meant; may be empty. */
  text: z.string(),
  /** Of a run. */
  status: Status.nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** The best of each kind together, the kinds in their order. */
export const SearchResult = z.object({ hits: z.array(SearchHit) });
export type SearchResult = z.infer<typeof SearchResult>;
