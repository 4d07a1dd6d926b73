import type { ActionLog, JobApi, OpenLog } from '../../activities/engine/ports.ts';
import type { OutputChunk } from '../../core/contracts/engine.ts';
import type { ActionKey } from '../../core/keys.ts';

/** Bytes of one chunk under load, and how many bytes may wait before the writer does. */
const chunkBytes = 1024 * 1024;
const waitingBytes = 4 * chunkBytes;
/** How long a quiet log gathers lines after it has sent some. The first line of all goes at once. */
const gatherMs = 25;
const inFlight = 4;

/** Batches a log by size under load and by time when quiet, and sends several chunks at a time in number order. */
export const openLog: OpenLog = (api, key, position, stored) => createShipper(api, key, position, stored);

function createShipper(
  api: JobApi,
  key: ActionKey,
  position: { seq: number; offset: number },
  stored: (offset: number) => void,
): ActionLog {
  let { seq } = position;
  const gathered: OutputChunk[] = [];
  let gatheredBytes = 0;
  let lastSent = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown;
  let change = Promise.withResolvers<void>();
  /** Chunks on their way, oldest first. */
  const sending: { end: number; done: boolean }[] = [];

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    if (gatheredBytes === 0 || sending.length >= inFlight || failure !== undefined) return;
    const { frames, end } = takeChunk();
    const chunk = { end, done: false };
    lastSent = performance.now();
    sending.push(chunk);
    api.putChunk(key, seq, end, frames).then(() => arrived(chunk), fail);
    seq += 1;
    schedule();
  }

  function takeChunk(): OutputChunk {
    const parts = gathered.splice(0, 1);
    let bytes = parts[0]?.frames.length ?? 0;
    while (gathered[0] !== undefined && bytes + gathered[0].frames.length <= chunkBytes) {
      bytes += gathered[0].frames.length;
      parts.push(gathered.shift() as OutputChunk);
    }
    gatheredBytes -= bytes;
    const [only] = parts;
    const frames =
      parts.length === 1 && only !== undefined
        ? only.frames
        : Buffer.concat(
            parts.map((part) => part.frames),
            bytes,
          );
    return { frames, end: parts.at(-1)?.end ?? 0 };
  }

  function arrived(chunk: { done: boolean }): void {
    chunk.done = true;
    let upTo: number | undefined;
    while (sending[0]?.done === true) upTo = sending.shift()?.end;
    if (upTo !== undefined) stored(upTo);
    schedule();
    wake();
  }

  function fail(error: unknown): void {
    failure ??= error;
    wake();
  }

  function schedule(): void {
    if (gatheredBytes === 0) return;
    const quietFor = performance.now() - lastSent;
    if (gatheredBytes >= chunkBytes || quietFor >= gatherMs) send();
    else timer ??= setTimeout(send, gatherMs - quietFor);
  }

  function wake(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  return {
    async write(chunk: OutputChunk) {
      gathered.push(chunk);
      gatheredBytes += chunk.frames.length;
      schedule();
      while (gatheredBytes >= waitingBytes && failure === undefined) await change.promise;
      if (failure !== undefined) throw failure;
    },
    async flush() {
      while (failure === undefined && (gatheredBytes > 0 || sending.length > 0)) {
        send();
        await change.promise;
      }
      if (failure !== undefined) throw failure;
    },
    async close() {
      // Of an Action that printed nothing there is no log.
      if (seq > 0) await api.closeLog(key, seq);
    },
  };
}
