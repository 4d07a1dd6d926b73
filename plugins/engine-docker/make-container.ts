import type Docker from 'dockerode';
import { PalvellaError } from '../../core/errors.ts';
import type { JobKey } from '../../core/keys.ts';
import { type Container, volumePath } from '../../engine-kit/containers/container.ts';
import { apiMessage, statusOf } from './api-error.ts';
import type { Connection } from './connection.ts';
import { containerSpec } from './container-spec.ts';
import { dockerContainer, execIn } from './docker-container.ts';
import type { Settings } from './manifest.ts';
import { containerName, jobLabels, jobName, workerLabel } from './names.ts';
import { pull } from './pull.ts';
import { serviceSpec, untilReady } from './services.ts';

type Say = (line: string) => void;

/** Makes and starts the container for a Job's commands, and its services before it; finds what an earlier try made. */
export async function makeContainer(
  connection: Connection,
  job: JobKey,
  settings: Settings,
  workerId: string,
  say: Say,
  signal: AbortSignal,
): Promise<Container> {
  const { docker, at } = connection;
  const labels = { ...jobLabels(job), [workerLabel]: workerId };
  const network = settings.services === undefined ? settings.network : await startServices();
  const name = containerName(job, settings);
  const spec = containerSpec(job, settings, name, labels, network);
  const container = await create(connection, spec, settings.image, settings, say, signal);
  if (settings.services !== undefined && settings.network !== undefined) {
    await docker.getNetwork(settings.network).connect({ Container: container.id });
  }
  await begin(container).catch((error: unknown) => {
    throw startFailure(error, settings.image);
  });
  const { Config: config, Image: image, Id: id } = await container.inspect();
  if (!['', '0', 'root'].includes(config.User)) await openVolume(container, at);
  return dockerContainer(connection, id, name, image);

  async function startServices(): Promise<string> {
    const net = jobName(job);
    await docker.createNetwork({ Name: net, CheckDuplicate: true, Labels: labels }).catch((error: unknown) => {
      if (statusOf(error) !== 409) throw error;
    });
    for (const [alias, service] of Object.entries(settings.services ?? {})) {
      const wanted = serviceSpec(`${net}-${alias}`, alias, service, settings, labels, net);
      const made = await create(connection, wanted, service.image, settings, say, signal);
      say(`Starting the service ${alias}`);
      await begin(made);
      await untilReady(made, alias, service, say, signal);
    }
    return net;
  }
}

/** Nothing where it runs. */
async function begin(container: Docker.Container): Promise<void> {
  await container.start().catch((error: unknown) => {
    if (statusOf(error) !== 304) throw error;
  });
}

/** Finds or makes it, with its image. */
async function create(
  connection: Connection,
  spec: Docker.ContainerCreateOptions,
  image: string,
  settings: Settings,
  say: Say,
  signal: AbortSignal,
): Promise<Docker.Container> {
  const { docker } = connection;
  if (settings.pull === 'always') await pull(connection, image, settings, say, signal);
  for (let pulled = settings.pull === 'always'; ; pulled = true) {
    try {
      return await docker.createContainer(spec);
    } catch (error) {
      const status = statusOf(error);
      if (status === 409 && /already in use/.test(apiMessage(error))) return await takeUp(docker, spec.name ?? '');
      if (status !== 404 || pulled || !/no such image/i.test(apiMessage(error))) throw error;
    }
    if (settings.pull === 'never') {
      throw new PalvellaError('engine_refused', `there is no image ${image} at the daemon, and pull: never`);
    }
    await pull(connection, image, settings, say, signal);
  }
}

/** The one that an earlier try made; one that has ended has lost its processes, so it is made anew. */
async function takeUp(docker: Docker, name: string): Promise<Docker.Container> {
  const container = docker.getContainer(name);
  const { State: state } = await container.inspect();
  if (state.Running || state.Status === 'created') return container;
  await container.remove({ force: true });
  throw new PalvellaError('engine_failed', 'the Job’s container had ended');
}

/** A volume is root's, and the image's user another. */
async function openVolume(container: Docker.Container, at: string): Promise<void> {
  const exec = await execIn(container, at, ['chmod', '1777', volumePath], undefined, '0');
  for await (const _ of exec.output);
  exec.close();
}

function startFailure(error: unknown, image: string): unknown {
  const said = apiMessage(error);
  if (!/OCI runtime|executable file not found|no such file or directory/i.test(said)) return error;
  if (!/"sh"|executable file not found/i.test(said)) {
    return new PalvellaError('engine_refused', `the container cannot be started: ${said}`, { cause: error });
  }
  return new PalvellaError('engine_refused', `the image ${image} has no shell, so no command can run in it`, {
    remedy: 'Take an image that has sh.',
    cause: error,
  });
}
