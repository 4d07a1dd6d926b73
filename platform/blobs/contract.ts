import type { Readable } from 'node:stream';

/**
 * Where large content lives: stored files, compacted logs. Names are made by the server, never from what a person or
 * a process wrote, and match `blobName`. What is under a name never changes: to replace content, put it under a new
 * name, change the row that refers to it, then remove the old one.
 */
export interface Blobs {
  /**
   * Stores all of the content, or nothing: until this resolves `get` does not find it, and a failure leaves nothing. After
   * it, the content survives a power cut. Putting the same name again replaces it whole.
   */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<Stored>;
  /**
   * The content from byte `start` up to, not including, `end`; what lies beyond its end is not there. Memory does
   * not grow with size. Throws `not_found`.
   */
  get(name: string, range?: Range): Promise<Readable>;
  /** Throws `not_found`. */
  size(name: string): Promise<number>;
  /** Safe to repeat, and where there is nothing. */
  remove(name: string): Promise<void>;
}

export interface Stored {
  size: number;
  /** SHA-256, in lower-case hex. */
  sha256: string;
}

interface Range {
  start: number;
  end?: number;
}

/** What a name may be; safe as a file's name and as an object's key. */
export const blobName = /^[a-z0-9][a-z0-9-]{0,99}$/;
