import type { ServerMessage } from '../../../core/api/live.ts';

/** One subscription of one connection, as the feeds see it. */
export interface Subscriber {
  /** The client's own name for it. */
  id: string;
  send(message: ServerMessage): void;
  /** As above, with a `run` that was made JSON once for many. */
  sendRun(json: string): void;
  /** The client has much to read yet: send the newest later instead. */
  isBusy(): boolean;
  /** Resolves when it is not busy any more, or gone. */
  whenReady(): Promise<void>;
}

/** Ends what a feed does for a subscriber. */
export type End = () => void;
