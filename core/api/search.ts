import { z } from 'zod';
import { Status } from '../status-schema.ts';

/** What can be found by name, in the order in which it is shown. */
export const searchKinds = [
  'Pipeline',
  'run',
  'approval',
  'Job',
  'Action',
  'Engine',
  'Trigger',
  'worker',
  'file',
] as const;
export const SearchKind = z.enum(searchKinds);
export type SearchKind = z.infer<typeof SearchKind>;

export const SearchHit = z.object({
  kind: SearchKind,
  /** A definition's name, a run as `pipeline/number`, a Worker's id, or an approval's. A file: the run that stored it. */
  id: z.string(),
  /** What is shown: a name, `pipeline #number`, the prompt of an approval, the key of a file. */
  title: z.string(),
  /** What it is more exactly, as a description or the parameter that was meant; may be empty. */
  text: z.string(),
  /** Of a run. */
  status: Status.nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** The best of each kind together, the kinds in their order. */
export const SearchResult = z.object({ hits: z.array(SearchHit) });
export type SearchResult = z.infer<typeof SearchResult>;
