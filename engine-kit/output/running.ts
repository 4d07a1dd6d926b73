import { constants, lstatSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exit, OutputChunk, Running } from '../../core/contracts/engine.ts';
import type { ExitRecord, Notice } from './exit-record.ts';
import { exitFile, maxNamedOutput, maxSummary, namedOutputFile, summaryFile } from './layout.ts';
import { countOutput, createSegmentReader } from './segment-reader.ts';

const cutNote = `\n\n*Cut at ${maxSummary / 1024} KiB.*\n`;
const supervisorGone =
  'The supervisor was killed while the command ran, so how the command ended is not known. See whether its work is done before you repeat it.';

/** A command as its files show it. `notice` says that they changed; undefined, that nobody writes them any more. */
export interface Watched extends Running {
  notice(notice: Notice | undefined): void;
}

export function watchCommand(
  folder: string,
  offset: number,
  release: (offset: number) => void,
  abandoned: () => Promise<void>,
): Watched {
  let bytes = 0;
  let over = false;
  let wake: () => void = () => undefined;
  const exit = Promise.withResolvers<Exit>();
  exit.promise.catch(() => undefined);

  async function end(told: ExitRecord | undefined): Promise<void> {
    const record = told ?? (await readExit(folder));
    if (record === undefined) {
      await abandoned();
      bytes = Math.max(bytes, await countOutput(folder).catch(() => 0));
    } else bytes = record.bytes;
    over = true;
    wake();
    exit.resolve(await describeExit(folder, record));
  }

  async function* read(): AsyncGenerator<OutputChunk> {
    const reader = createSegmentReader(folder);
    try {
      for (let at = offset; ; ) {
        while (at < bytes) {
          const frames = await reader.read(at, bytes);
          at += frames.length;
          yield { end: at, frames };
        }
        if (over) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (at < bytes || over) resolve();
        });
      }
    } finally {
      await reader.close();
    }
  }

  let ending: Promise<void> | undefined;
  return {
    output: read(),
    exit: exit.promise,
    release,
    notice(notice) {
      bytes = Math.max(bytes, notice?.bytes ?? 0);
      if (notice === undefined || notice.ended) ending ??= end(notice?.exit).catch(exit.reject);
      else wake();
    },
  };
}

async function readExit(folder: string): Promise<ExitRecord | undefined> {
  const text = await readFile(join(folder, exitFile), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ExitRecord);
}

async function describeExit(folder: string, record: ExitRecord | undefined): Promise<Exit> {
  if (record === undefined) return { status: null, broke: supervisorGone, namedOutput: '', info: {} };
  const named = await readWritten(join(folder, namedOutputFile), maxNamedOutput);
  const summary = await readWritten(join(folder, summaryFile), maxSummary);
  const broke = record.broke ?? (named.isCut ? 'The file $PALVELLA_OUTPUT is larger than 1 MiB.' : null);
  return {
    status: record.status,
    ...(record.signal === null ? {} : { signal: record.signal }),
    ...(broke === null ? {} : { broke }),
    ...(record.reason === undefined ? {} : { reason: record.reason }),
    namedOutput: named.isCut ? '' : named.text,
    ...(summary.text === '' ? {} : { summary: summary.isCut ? `${summary.text}${cutNote}` : summary.text }),
    info: record.info,
  };
}

/** The first `most` bytes. The command may have put anything there: a link or a pipe is not followed. */
async function readWritten(path: string, most: number): Promise<{ text: string; isCut: boolean }> {
  const nothing = { text: '', isCut: false };
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return nothing;
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  if (file === undefined) return nothing;
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, most));
    let read = 0;
    for (let got = 1; got > 0 && read < bytes.length; read += got) {
      got = (await file.read(bytes, read, bytes.length - read, read)).bytesRead;
    }
    return { text: bytes.subarray(0, read).toString(), isCut: size > most };
  } finally {
    await file.close();
  }
}
