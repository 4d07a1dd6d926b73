/** Some frames of a log, and their place in it. */
export interface Piece {
  /** Number of the first line that begins in it. */
  firstLine: number;
  /** How many lines begin in it. */
  lines: number;
  /** Bytes of frames before it. */
  at: number;
  /** Whether it begins within a line; `opens` is the stream of its first text, -1 where it has none. */
  joins: boolean;
  opens: number;
  frames: Buffer;
}
