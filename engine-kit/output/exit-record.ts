import type { JsonObject } from '../../core/json.ts';

/** How a command ended, as its folder keeps it. */
export interface ExitRecord {
  status: number | null;
  signal: string | null;
  /** Where the machinery, not the command, ended it. */
  broke: string | null;
  /** See `Exit.reason`. */
  reason?: string;
  /** Bytes of output. */
  bytes: number;
  info: JsonObject;
}

/** `bytes` of whole frames are in the segments now; `ended` once the exit record is written, with that record. */
export type Notice = { folder: string; bytes: number; ended: boolean; exit?: ExitRecord };
