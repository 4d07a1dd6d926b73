import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

/** What is downloaded or built where no Temporal is installed. */
export const temporalVersion = '1.5.1';

const service = 'https://temporal.download';
/** Without internet this must not hold up the start. */
const answerMs = 4_000;
const downloadMs = 300_000;

/**
 * From where Temporal's SDK gets it too, by the same two steps: the service names an archive and the file in it.
 * Returns the path of the program, in the folder `target`.
 */
export async function downloadTemporal(options: {
  target: string;
  say(text: string): void;
  service?: string;
}): Promise<string> {
  try {
    return await download(options);
  } catch (error) {
    const { cause, message } = error as Error;
    throw new Error(`the download did not succeed (${(cause as NodeJS.ErrnoException | undefined)?.code ?? message})`, {
      cause: error,
    });
  }
}

async function download({
  target,
  say,
  service: at = service,
}: {
  target: string;
  say(text: string): void;
  service?: string;
}): Promise<string> {
  const query = new URLSearchParams({ arch: arch(), platform: process.platform, format: 'tar.gz' });
  const named = await fetch(`${at}/cli/v${temporalVersion}?${query}`, { signal: AbortSignal.timeout(answerMs) });
  if (!named.ok) throw new Error(`status ${named.status}`);
  const { archiveUrl, fileToExtract } = (await named.json()) as { archiveUrl: string; fileToExtract: string };
  say(`downloading Temporal ${temporalVersion} …`);
  const archive = await fetch(archiveUrl, { signal: AbortSignal.timeout(downloadMs) });
  if (!archive.ok || archive.body === null) throw new Error(`status ${archive.status}`);
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.`);
  try {
    await extract(archive.body as ReadableStream, draft, fileToExtract);
    await chmod(join(draft, fileToExtract), 0o755);
    if (fileToExtract !== 'temporal') await rename(join(draft, fileToExtract), join(draft, 'temporal'));
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return join(target, 'temporal');
}

/** Only the one file, whatever else the archive holds. */
async function extract(archive: ReadableStream, folder: string, file: string): Promise<void> {
  const child = spawn('tar', ['-xzf', '-', '-C', folder, '--', file], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'close');
  await pipeline(Readable.fromWeb(archive), child.stdin);
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new Error(`tar ended with ${status}`);
}

function arch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}
