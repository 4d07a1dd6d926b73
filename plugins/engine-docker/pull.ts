import type Docker from 'dockerode';
import { PalvellaError } from '../../core/errors.ts';
import { registryOf } from '../../core/registry.ts';
import { apiMessage, statusOf, toFailure } from './api-error.ts';
import type { Connection } from './connection.ts';
import { loginFor } from './login.ts';
import type { Settings } from './manifest.ts';

/** How often progress is told. */
const everyMs = 2_000;

interface Progress {
  id?: string;
  status?: string;
  error?: string;
  progressDetail?: { current?: number; total?: number };
}

/** Fetches an image, telling how far it is. */
export async function pull(
  { docker, at }: Connection,
  image: string,
  settings: Settings,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const login = await loginFor(image, settings);
  say(`Pulling ${image} from ${registryOf(image)}`);
  const options = {
    ...(login && { authconfig: login as Docker.AuthConfig }),
    ...(settings.platform && { platform: settings.platform }),
  };
  const name = /[:@][^/]+$/.test(image) ? image : `${image}:latest`;
  let stream: NodeJS.ReadableStream;
  try {
    stream = await docker.pull(name, { ...options, abortSignal: signal });
  } catch (error) {
    throw refusal(image, error, at);
  }
  const teller = createTeller(image, say);
  for await (const progress of jsonLines(stream)) {
    if (progress.error !== undefined) throw refusal(image, new Error(progress.error), at);
    teller.tell(progress);
  }
  teller.done();
}

/** Layers one by one would fill the log; people want to know whether it goes on. */
function createTeller(image: string, say: (line: string) => void) {
  const layers = new Map<string, { current: number; total: number }>();
  let last = performance.now();
  return {
    tell({ id, status, progressDetail }: Progress): void {
      if (id === undefined || status !== 'Downloading' || progressDetail?.total === undefined) return;
      layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
      if (performance.now() - last < everyMs) return;
      last = performance.now();
      const sum = (field: 'current' | 'total') => [...layers.values()].reduce((all, layer) => all + layer[field], 0);
      say(`Pulling ${image}: ${mebibytes(sum('current'))} of ${mebibytes(sum('total'))} MiB`);
    },
    done: () => say(`Pulled ${image}`),
  };
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

async function* jsonLines(stream: NodeJS.ReadableStream): AsyncGenerator<Progress> {
  let rest = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as Progress;
  }
  if (rest.trim() !== '') yield JSON.parse(rest) as Progress;
}

/** Registries answer in many words, and the daemon hands them on with a status that says little. */
function refusal(image: string, error: unknown, at: string): unknown {
  const said = apiMessage(error);
  if (statusOf(error) === undefined && !/registry|manifest|denied|unauthorized|lookup|dial|timeout/i.test(said)) {
    return toFailure(error, at);
  }
  const registry = registryOf(image);
  if (/unauthorized|authentication required|denied|incorrect username|no basic auth/i.test(said)) {
    return new PalvellaError('engine_refused', `the registry ${registry} refuses the login for ${image}: ${said}`, {
      remedy: 'Check the image’s name and the login of the Engine.',
      cause: error,
    });
  }
  if (/manifest unknown|not found|does not exist|no such image|no matching manifest/i.test(said)) {
    return new PalvellaError('engine_refused', `there is no image ${image} at ${registry}: ${said}`, { cause: error });
  }
  return new PalvellaError('engine_failed', `the image ${image} could not be pulled from ${registry}: ${said}`, {
    cause: error,
  });
}
