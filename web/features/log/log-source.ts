import type { LogPage } from '../../../core/api/objects.ts';
import { blockLines, createLogModel, type LogModel } from './log-model.ts';

/** A log being read: what is here, and the reading of what is looked at. */
export interface LogSource {
  model: LogModel;
  /** Reads what is missing of these lines, once the reader stays for a moment. */
  need(from: number, to: number): void;
  add(page: LogPage): void;
  /** Why the last read failed; null once one succeeds. */
  error(): unknown;
  /** True until the first answer. */
  isLoading(): boolean;
  retry(): void;
  subscribe(listener: () => void): () => void;
  /** Changes whenever anything above does. */
  version(): number;
  close(): void;
}

const settleMs = 30;
const maxReads = 4;

/** `fetchPage` reads `limit` lines from line `from`. */
export function createLogSource(
  fetchPage: (from: number, limit: number, signal: AbortSignal) => Promise<LogPage>,
): LogSource {
  const model = createLogModel();
  const listeners = new Set<() => void>();
  const reading = new Set<number>();
  const abort = new AbortController();
  let wanted = { from: 1, to: blockLines };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let version = 0;
  let loading = true;
  let error: unknown = null;

  function changed() {
    version += 1;
    for (const listener of listeners) listener();
  }

  async function read(from: number) {
    reading.add(from);
    try {
      model.add(await fetchPage(from, blockLines, abort.signal));
      error = null;
    } catch (thrown) {
      if (abort.signal.aborted) return;
      error = thrown;
    }
    reading.delete(from);
    loading = false;
    changed();
    if (error === null) readWanted();
  }

  function readWanted() {
    for (const from of model.missing(wanted.from, wanted.to)) {
      if (reading.size >= maxReads) return;
      if (!reading.has(from)) void read(from);
    }
  }

  void read(1);
  return {
    model,
    need(from, to) {
      wanted = { from, to };
      if (error !== null || model.missing(from, to).length === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        readWanted();
      }, settleMs);
    },
    add(page) {
      model.add(page);
      loading = false;
      changed();
    },
    error: () => error,
    isLoading: () => loading,
    retry() {
      error = null;
      if (model.total() === 0) void read(1);
      else readWanted();
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    close() {
      clearTimeout(timer);
      abort.abort();
    },
  };
}
