import type { Duplex, Readable } from 'node:stream';
import type Docker from 'dockerode';
import { PalvellaError } from '../../core/errors.ts';
import type { Container, Exec } from '../../engine-kit/containers/container.ts';
import { apiMessage, statusOf, toFailure } from './api-error.ts';
import type { Connection } from './connection.ts';

const headerBytes = 8;

/** A running container as commands see it. */
export function dockerContainer({ docker, at }: Connection, id: string, name: string, image: string): Container {
  const container = docker.getContainer(id);
  return {
    name,
    volume: at,
    exec: (argv, input) => execIn(container, at, argv, input),
    async whyGone() {
      try {
        return endedText(await container.inspect());
      } catch (error) {
        if (statusOf(error) === 404) return 'The container was removed while the command ran.';
        throw toFailure(error, at);
      }
    },
    info: () => Promise.resolve({ container: id.slice(0, 12), image, daemon: at }),
  };
}

export async function execIn(
  container: Docker.Container,
  at: string,
  argv: readonly string[],
  input?: string | Readable,
  user?: string,
): Promise<Exec> {
  let stream: Duplex;
  try {
    const exec = await container.exec({
      Cmd: [...argv],
      AttachStdin: input !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      ...(user !== undefined && { User: user }),
    });
    stream = await exec.start({ hijack: true, stdin: input !== undefined, Tty: false });
  } catch (error) {
    // Gone or ended: who asks why will be told.
    const ended = statusOf(error) === 404 || statusOf(error) === 409;
    throw ended ? new PalvellaError('engine_failed', apiMessage(error), { cause: error }) : toFailure(error, at);
  }
  // A broken connection shows where it is read.
  stream.on('error', () => undefined);
  if (typeof input === 'string') stream.end(input);
  else if (input !== undefined) input.pipe(stream);
  return { output: demultiplex(stream, at), close: () => stream.destroy() };
}

/** Docker's framing of two outputs in one stream: a byte for which, three of nothing, four of length, the bytes. */
async function* demultiplex(
  stream: Duplex,
  at: string,
): AsyncGenerator<{ stream: 'stdout' | 'stderr'; bytes: Buffer }> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (rest.length >= headerBytes) {
        const end = headerBytes + rest.readUInt32BE(4);
        if (rest.length < end) break;
        yield { stream: rest[0] === 2 ? 'stderr' : 'stdout', bytes: rest.subarray(headerBytes, end) };
        rest = rest.subarray(end);
      }
    }
  } catch (error) {
    if (!isClosed(error)) throw toFailure(error, at);
  }
}

/** By us. */
function isClosed(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function endedText({ State: state, HostConfig }: Docker.ContainerInspectInfo): string | undefined {
  if (state.Running) return undefined;
  if (state.OOMKilled) {
    const limit = HostConfig.Memory ? ` of ${Math.round(HostConfig.Memory / 1024 / 1024)} MiB` : '';
    return `The container was ended because it used more than its memory${limit}.`;
  }
  if (state.Error) return `The container ended: ${state.Error}.`;
  return `The container ended with status ${state.ExitCode} while the command ran.`;
}
