import type { Stream } from '../../core/log-frames.ts';
import { type End, parseEnd } from '../../engine-kit/containers/script.ts';

/**
 * What a task's log says, line by line. The first character is what: `o` and `e` the command's outputs, `n` its named
 * output and `s` its summary in hexadecimal digits, `x` how it ended. The second is a blank, or `+` where the line does not end here.
 */
export interface LogReader {
  push(message: string): void;
  /** Once it has ended; nothing follows. */
  readonly end: End | undefined;
  /** At most one byte more than such an output may have. */
  named(): Buffer;
  summary(): Buffer;
}

const streams: Readonly<Record<string, Exclude<Stream, 'system'>>> = { o: 'stdout', e: 'stderr' };

/** `known`: bytes at the beginning of each output that are not given to `emit`. */
export function createLogReader(
  known: { stdout: number; stderr: number },
  emit: (stream: 'stdout' | 'stderr', bytes: Buffer) => void,
): LogReader {
  const left = { ...known };
  const written = { n: '', s: '' };
  let end: End | undefined;

  function give(stream: 'stdout' | 'stderr', bytes: Buffer): void {
    const skip = Math.min(left[stream], bytes.length);
    left[stream] -= skip;
    if (skip < bytes.length) emit(stream, bytes.subarray(skip));
  }

  return {
    push(message) {
      const kind = message[0] ?? '';
      const goesOn = message[1] === '+';
      // Of another program's making.
      if (!goesOn && message[1] !== ' ') return;
      const text = message.slice(2);
      if (kind === 'x') end = parseEnd(text);
      if (kind === 'n' || kind === 's') written[kind] += text.trim();
      const stream = streams[kind];
      if (stream !== undefined) give(stream, Buffer.from(goesOn ? text : `${text}\n`));
    },
    get end() {
      return end;
    },
    named: () => Buffer.from(written.n, 'hex'),
    summary: () => Buffer.from(written.s, 'hex'),
  };
}
