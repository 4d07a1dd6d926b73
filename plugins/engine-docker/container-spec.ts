import type Docker from 'dockerode';
import type { JobKey } from '../../core/keys.ts';
import { keeper, volumePath } from '../../engine-kit/containers/container.ts';
import { isDirectory } from './isolation.ts';
import type { Settings } from './manifest.ts';
import { jobName } from './names.ts';

/** Of one container: a Job that makes processes without end must not take the host along. */
export const mostProcesses = 4096;
const units: Record<string, number> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** The container in which a Job's commands run. */
export function containerSpec(
  job: JobKey,
  settings: Settings,
  name: string,
  labels: Record<string, string>,
  network: string | undefined,
): Docker.ContainerCreateOptions {
  const { memory, cpu, user, platform, volumes = [], allow } = settings;
  const bytes = memory === undefined ? undefined : toBytes(memory);
  return {
    name,
    ...(platform && { platform }),
    Image: settings.image,
    Entrypoint: ['sh', '-c', keeper],
    Cmd: [],
    Env: proxyVariables(settings),
    Labels: labels,
    ...(user && { User: user }),
    // The keeper waits for nothing, and a volume has what the commands print.
    StopTimeout: 0,
    HostConfig: {
      LogConfig: { Type: 'none', Config: {} },
      PidsLimit: mostProcesses,
      ...(bytes && { Memory: bytes, MemorySwap: bytes }),
      ...(cpu && { NanoCpus: Math.round(cpu * 1e9) }),
      ...(network && { NetworkMode: network }),
      ...(allow?.includes('privileged') && { Privileged: true }),
      Mounts: [
        { Type: 'volume', Source: jobName(job), Target: volumePath, VolumeOptions: volumeOptions(labels) },
        ...volumes.map(({ name: source, path }) =>
          isDirectory(source)
            ? ({ Type: 'bind', Source: source, Target: path } as const)
            : ({ Type: 'volume', Source: source, Target: path } as const),
        ),
      ],
    },
  };
}

function volumeOptions(Labels: Record<string, string>) {
  return { NoCopy: true, Labels, DriverConfig: { Name: 'local', Options: {} } };
}

function toBytes(memory: string): number {
  const [, number = '0', unit = ''] = /^(\d+)([kmg]?)/i.exec(memory) ?? [];
  return Number(number) * (units[unit.toLowerCase()] ?? 1);
}

/** As the docker command does from its config.json: in both spellings, since programs differ. */
export function proxyVariables(settings: Settings): string[] {
  const { httpProxy, httpsProxy, ftpProxy, allProxy, noProxy } = settings['config.json']?.proxies?.default ?? {};
  const values = {
    http_proxy: httpProxy,
    https_proxy: httpsProxy,
    ftp_proxy: ftpProxy,
    all_proxy: allProxy,
    no_proxy: noProxy,
  };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`, `${name.toUpperCase()}=${value}`],
  );
}
