import type { ProcessList } from './leftovers.ts';
import type { ServerLog } from './server-log.ts';

/** Where a server keeps its state, and whom it tells what it does. */
export interface Place {
  dataDir: string;
  log: ServerLog;
  processes: ProcessList;
}
