import type { Pool } from 'pg';
import { isFinal, type Status } from '../../core/status.ts';

/** The part of the events that waiting needs. */
export interface RunEvents {
  subscribe(listener: (event: { kind: string; run?: string }) => void): () => void;
}

/** Each second look is for events that never came. */
const lookMs = 5_000;

/** Resolves when the run has ended, the time is over or nobody waits any more. */
export async function waitForEnd(
  { pool, events }: { pool: Pool; events: RunEvents },
  id: string,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<void> {
  let wake = () => {};
  let changed = false;
  const end = events.subscribe((event) => {
    if (event.kind !== 'resync' && event.run !== id) return;
    changed = true;
    wake();
  });
  const until = Date.now() + timeoutMs;
  try {
    for (;;) {
      changed = false;
      const { rows } = await pool.query<{ status: Status }>({
        name: 'run-status',
        text: 'select status from runs where id = $1',
        values: [id],
      });
      const left = until - Date.now();
      if (rows[0] === undefined || isFinal(rows[0].status) || left <= 0 || signal?.aborted === true) return;
      if (changed) continue;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, Math.min(left, lookMs));
        wake = () => {
          clearTimeout(timer);
          done();
        };
        signal?.addEventListener('abort', wake, { once: true });
      });
    }
  } finally {
    end();
  }
}
