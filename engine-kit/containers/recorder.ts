import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, errorCodes, PalvellaError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { maxNamedOutput, maxSummary, namedOutputFile, summaryFile } from '../output/layout.ts';
import { createLineFeed } from '../output/line-feed.ts';
import type { Spool } from '../output/spool.ts';
import { writeWholeOnceRoom } from '../output/write-whole.ts';
import type { Container, Exec } from './container.ts';
import { createMarkerScanner } from './marker.ts';
import { printedBytes } from './printed.ts';
import { type End, lost, parseEnd, writtenScript } from './script.ts';

/** How long a connection may keep failing before the command counts as lost. */
const awayMs = 45_000;
const firstRetryMs = 100;
const longestRetryMs = 3_000;
/** How long standard error may be silent without its end, once that of standard output has come. */
const otherEndMs = 2_000;
/** How long it may take to read what the command wrote to $PALVELLA_OUTPUT or $PALVELLA_SUMMARY. */
const writtenMs = 60_000;

export interface Recorded {
  end: End | undefined;
  /** Where there is no end: what happened to the container. */
  broke: string | undefined;
  info: JsonObject;
}

/** What one who records a command is given. */
export interface Recording {
  /** The command's folder on the Worker. */
  folder: string;
  spool: Spool;
  /** Bytes of each output that are in the spool already. */
  known: { stdout: number; stderr: number };
  /** Resolves when the spool has changed. */
  changed(): Promise<void>;
  /** Aborted when this process stops to look. */
  leaving: AbortSignal;
}

export interface RecorderParts extends Recording {
  container: Container;
  /** The script that starts the command or follows it from these positions on. */
  script(known: { stdout: number; stderr: number }): string;
  marker: string;
  /** The command's folder in the container. */
  folderInside: string;
}

/** Brings what a command prints into its spool, over as many connections as that takes, until it has ended. */
export async function recordCommand(parts: RecorderParts): Promise<Recorded> {
  const { container, spool, marker } = parts;
  const known = { ...parts.known };
  const feeds = {
    stdout: createLineFeed((payload) => spool.push('stdout', payload)),
    stderr: createLineFeed((payload) => spool.push('stderr', payload)),
  };
  let end: End | undefined;
  let failing: number | undefined;
  let delay = firstRetryMs;
  for (;;) {
    const before = known.stdout + known.stderr;
    let problem = 'its connection broke off';
    try {
      end ??= await follow(await container.exec(['sh', '-s'], parts.script(known)));
      if (end !== undefined) {
        if (end.named) await bring('named', namedOutputFile, maxNamedOutput + 1);
        if (end.summary) await bring('summary', summaryFile, maxSummary + 1);
        return await finish(end);
      }
    } catch (error) {
      if (!canRetry(error)) throw error;
      problem = error instanceof Error ? error.message : String(error);
    }
    if (known.stdout + known.stderr > before) {
      failing = undefined;
      delay = firstRetryMs;
    }
    parts.leaving.throwIfAborted();
    const gone = await container.whyGone().catch(() => undefined);
    if (gone !== undefined) return await finish(undefined, gone);
    failing ??= performance.now();
    const what = end === undefined ? 'The command' : 'What the command wrote to $PALVELLA_OUTPUT or $PALVELLA_SUMMARY';
    if (performance.now() - failing > awayMs) return await finish(undefined, `${what} is lost: ${problem}.`);
    await sleep(delay, undefined, { signal: parts.leaving });
    delay = Math.min(delay * 2, longestRetryMs);
  }

  /** Undefined where the output broke off before the command's end. */
  async function follow(exec: Exec): Promise<End | undefined> {
    const scanners = { stdout: createMarkerScanner(marker), stderr: createMarkerScanner(marker) };
    let patience: NodeJS.Timeout | undefined;
    const close = () => exec.close();
    parts.leaving.addEventListener('abort', close, { once: true });
    try {
      for await (const { stream, bytes } of exec.output) {
        clearTimeout(patience);
        const text = scanners[stream].push(bytes);
        if (text.length > 0) {
          known[stream] += text.length;
          feeds[stream].data(text);
          while (spool.full) await parts.changed();
        }
        if (scanners.stdout.line === undefined) continue;
        if (scanners.stderr.line !== undefined) break;
        patience = setTimeout(close, otherEndMs);
      }
    } finally {
      clearTimeout(patience);
      parts.leaving.removeEventListener('abort', close);
      close();
    }
    const { line } = scanners.stdout;
    return line === undefined ? undefined : parseEnd(line);
  }

  /** Copies what the command wrote to the Worker; one byte more than is kept, so that too much is seen. */
  async function bring(inside: 'named' | 'summary', file: string, most: number): Promise<void> {
    const script = writtenScript(parts.folderInside, inside, most, marker);
    const limit = most + Buffer.byteLength(marker);
    const bytes = await printedBytes(container, script, { most: limit, withinMs: writtenMs });
    const end = bytes.length - Buffer.byteLength(marker);
    const isWhole = end >= 0 && bytes.subarray(end).toString() === marker;
    if (!isWhole && bytes.length < limit) throw new PalvellaError('engine_failed', 'it came only in part');
    await writeWholeOnceRoom(join(parts.folder, file), bytes.subarray(0, isWhole ? end : most));
  }

  async function finish(end: End | undefined, broke?: string): Promise<Recorded> {
    for (const feed of Object.values(feeds)) feed.end();
    await spool.end();
    const gone = end?.status === lost ? await container.whyGone().catch(() => undefined) : undefined;
    const used =
      end === undefined
        ? {}
        : { cpuMs: end.cpuMs, peakMemory: end.peakMemory, ...(end.outOfMemory > 0 && { outOfMemory: true }) };
    const about = await container.info().catch(() => ({}));
    return { end: gone === undefined ? end : undefined, broke: broke ?? gone, info: { ...about, ...used } };
  }
}

function canRetry(error: unknown): boolean {
  const code = errorCode(error);
  return code === undefined || errorCodes[code].retry;
}
