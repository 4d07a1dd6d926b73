import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PalvellaError } from '../../core/errors.ts';
import { type Container, workPath } from './container.ts';

/** A tar archive that is whole ends in two blocks of nothing. */
const endBytes = 1024;

/** Makes the workspace of one container that of another, by way of the Worker's disk. */
export async function carryWorkspace(from: Container, to: Container): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-carry-'));
  try {
    const archive = join(folder, 'work.tar');
    await pack(from, archive);
    await unpack(to, archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pack(container: Container, archive: string): Promise<void> {
  const exec = await container.exec(['sh', '-c', `mkdir -p ${workPath} && exec tar -c -f - -C ${workPath} .`]);
  async function* bytesOf() {
    for await (const { stream, bytes } of exec.output) if (stream === 'stdout') yield bytes;
  }
  try {
    await pipeline(Readable.from(bytesOf()), createWriteStream(archive, { mode: 0o600 }));
  } finally {
    exec.close();
  }
  if (!(await isWhole(archive)))
    throw new PalvellaError('engine_failed', 'the workspace came only in part out of its container');
}

async function isWhole(archive: string): Promise<boolean> {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    if (size < endBytes) return false;
    const { buffer } = await file.read(Buffer.alloc(endBytes), 0, endBytes, size - endBytes);
    return buffer.every((byte) => byte === 0);
  } finally {
    await file.close();
  }
}

async function unpack(container: Container, archive: string): Promise<void> {
  const { size } = await stat(archive);
  const script = `rm -rf ${workPath} && mkdir -p ${workPath} && head -c ${size} | tar -x -f - -C ${workPath} && echo ok`;
  const exec = await container.exec(['sh', '-c', script], createReadStream(archive));
  let said = '';
  try {
    for await (const { bytes } of exec.output) said += bytes.toString();
  } finally {
    exec.close();
  }
  if (said.trim() !== 'ok') {
    throw new PalvellaError('engine_failed', `the workspace could not be carried into the container: ${said.trim()}`);
  }
}
