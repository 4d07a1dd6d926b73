import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { PalvellaError } from '../../core/errors.ts';
import { mostProcesses, proxyVariables } from './container-spec.ts';
import type { Settings } from './manifest.ts';

type Service = NonNullable<Settings['services']>[string];

const pollMs = 200;
const nanoseconds = 1e9;
const linesTold = 20;

/** A container beside the Job's. */
export function serviceSpec(
  name: string,
  alias: string,
  service: Service,
  settings: Settings,
  labels: Record<string, string>,
  network: string,
): Docker.ContainerCreateOptions {
  const { health } = service;
  const environ = Object.entries(service.environ ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    name,
    ...(settings.platform && { platform: settings.platform }),
    Image: service.image,
    ...(service.command && { Cmd: service.command }),
    Env: [...proxyVariables(settings), ...environ],
    Labels: labels,
    ...(health && {
      Healthcheck: {
        Test: ['CMD-SHELL', health.command],
        Interval: health.interval * nanoseconds,
        Timeout: health.timeout * nanoseconds,
        Retries: health.retries,
      },
    }),
    HostConfig: {
      NetworkMode: network,
      PidsLimit: mostProcesses,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [alias] } } },
  };
}

/** Resolves when the service says that it is well; throws with what it printed where it ends or never is. */
export async function untilReady(
  container: Docker.Container,
  alias: string,
  service: Service,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { State: state } = await container.inspect();
    const health = state.Health?.Status;
    if (state.Running && (service.health === undefined || health === 'healthy')) return;
    if (!state.Running || health === 'unhealthy') {
      const printed = await container.logs({ stdout: true, stderr: true, tail: linesTold });
      for (const line of textOf(printed as unknown as Buffer)) say(`${alias}: ${line}`);
      const why = state.Running ? 'its health check fails' : `it ended with status ${state.ExitCode}`;
      throw new PalvellaError('engine_refused', `the service ${alias} did not come up: ${why}`);
    }
    await sleep(pollMs, undefined, { signal });
  }
}

/** Docker's framing taken away. */
function textOf(framed: Buffer): string[] {
  let text = '';
  for (let at = 0; at + 8 <= framed.length; ) {
    const end = at + 8 + framed.readUInt32BE(at + 4);
    text += framed.subarray(at + 8, end).toString();
    at = end;
  }
  return text.split('\n').filter((line) => line !== '');
}
