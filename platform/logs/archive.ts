import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import { PalvellaError } from '../../core/errors.ts';
import { decodeFrames } from '../../core/log-frames.ts';
import type { Blobs } from '../blobs/contract.ts';
import { type Progress, place, shapeOf } from './lines.ts';
import type { Piece } from './piece.ts';

/**
 * A closed log as one blob:
 *
 *   blocks    frames as they were, about 256 KiB of whole frames each, every block compressed by itself (zstd)
 *   index     a record for each block
 *   trailer   32 bytes: "PVLOG1\0\0", byte of the index (float64), number of blocks (uint32), bytes of a record (uint32),
 *             lines (float64)
 *
 * A record, big-endian: number of the first line that begins in the block (float64), bytes of frames before it (float64),
 * byte of the block (float64), its bytes (uint32), its bytes of frames (uint32), lines that begin in it (uint32), its
 * first stream (int8, -1: none), and whether it begins within a line (uint8). Any range of lines is read by the index and
 * the blocks that hold it.
 */
const blockBytes = 256 * 1024;
const magic = Buffer.from('PVLOG1\0\0');
const trailerBytes = 32;
const recordBytes = 40;
/** Read at once at most. */
const mostBlocks = 8;

const compress = promisify(zstdCompress);
const level = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

interface Block extends Omit<Piece, 'frames'> {
  offset: number;
  stored: number;
  bytes: number;
}

export interface ArchiveIndex {
  blocks: Block[];
}

/** The content of the blob, for frames that come in any pieces. */
export async function* archive(frames: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const records: Buffer[] = [];
  let progress: Progress = { lines: 0, tail: -1 };
  let at = 0;
  let offset = 0;
  for await (const block of blocksOf(frames)) {
    const shape = shapeOf(block);
    const { firstLine, lines, joins, after } = place(progress, shape);
    const stored = await compress(block, level);
    const piece = {
      firstLine,
      at,
      joins,
      opens: shape.opens,
      lines,
      offset,
      stored: stored.length,
      bytes: block.length,
    };
    records.push(recordOf(piece));
    progress = after;
    at += block.length;
    offset += stored.length;
    yield stored;
  }
  const trailer = Buffer.alloc(trailerBytes);
  magic.copy(trailer);
  trailer.writeDoubleBE(offset, 8);
  trailer.writeUInt32BE(records.length, 16);
  trailer.writeUInt32BE(recordBytes, 20);
  trailer.writeDoubleBE(progress.lines, 24);
  yield Buffer.concat([...records, trailer]);
}

export async function readIndex(blobs: Blobs, name: string): Promise<ArchiveIndex> {
  const size = await blobs.size(name);
  const trailer = await buffer(await blobs.get(name, { start: Math.max(0, size - trailerBytes) }));
  if (trailer.length !== trailerBytes || !trailer.subarray(0, 8).equals(magic)) throw damaged(name);
  const start = trailer.readDoubleBE(8);
  const bytes = trailer.readUInt32BE(20);
  const index = await buffer(await blobs.get(name, { start, end: size - trailerBytes }));
  const count = trailer.readUInt32BE(16);
  if (index.length !== count * bytes || bytes < recordBytes) throw damaged(name);
  return { blocks: Array.from({ length: count }, (_, each) => blockOf(index.subarray(each * bytes))) };
}

/** The blocks from the one that holds byte `at` of the frames on; more at a time the longer one reads. */
export async function* readBlocks(
  blobs: Blobs,
  name: string,
  { blocks }: ArchiveIndex,
  at: number,
): AsyncGenerator<Piece> {
  let next = blocks.findIndex((block) => block.at + block.bytes > at);
  if (next === -1) return;
  for (let many = 1; next < blocks.length; many = Math.min(many * 2, mostBlocks)) {
    const group = blocks.slice(next, next + many);
    next += many;
    const [first, last] = [group[0] as Block, group.at(-1) as Block];
    const stored = await buffer(await blobs.get(name, { start: first.offset, end: last.offset + last.stored }));
    for (const { offset, stored: length, bytes, ...place } of group) {
      const from = offset - first.offset;
      // A block is undone in less time than handing it to another thread and back takes.
      const frames = zstdDecompressSync(stored.subarray(from, from + length), { maxOutputLength: Math.max(1, bytes) });
      yield { ...place, frames };
    }
  }
}

/** Cuts the frames anew, between frames, into blocks of about one size. */
async function* blocksOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (const { end } of decodeFrames(piece)) {
      if (bytes + (end - from) < blockBytes) continue;
      yield Buffer.concat([...parts, piece.subarray(from, end)]);
      parts = [];
      bytes = 0;
      from = end;
    }
    if (from === piece.length) continue;
    parts.push(piece.subarray(from));
    bytes += piece.length - from;
  }
  if (bytes > 0) yield Buffer.concat(parts);
}

function recordOf(block: Block): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.writeDoubleBE(block.firstLine, 0);
  record.writeDoubleBE(block.at, 8);
  record.writeDoubleBE(block.offset, 16);
  record.writeUInt32BE(block.stored, 24);
  record.writeUInt32BE(block.bytes, 28);
  record.writeUInt32BE(block.lines, 32);
  record.writeInt8(block.opens, 36);
  record.writeUInt8(Number(block.joins), 37);
  return record;
}

function blockOf(record: Buffer): Block {
  return {
    firstLine: record.readDoubleBE(0),
    at: record.readDoubleBE(8),
    offset: record.readDoubleBE(16),
    stored: record.readUInt32BE(24),
    bytes: record.readUInt32BE(28),
    lines: record.readUInt32BE(32),
    opens: record.readInt8(36),
    joins: record.readUInt8(37) === 1,
  };
}

function damaged(name: string): PalvellaError {
  return new PalvellaError('internal', `The log ${name} in the storage is damaged.`);
}
