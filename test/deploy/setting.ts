import { execFile } from 'node:child_process';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atEnd } from '../support/database.ts';
import { docker, dockerForTests } from '../support/docker.ts';
import { kubectl, kubernetesForTests } from '../support/kubernetes.ts';

const run = promisify(execFile);

/** Of the test cluster's node, which pods reach. */
const nodeAddress = '10.250.0.1';

export interface Images {
  /** Address of the daemon that has them. */
  host: string;
  palvella: string;
  postgres: string;
  temporal: string;
}

/** How long a hook may take that is the first ever to want images, on a busy machine. */
export const firstBuildMs = 900_000;

/** Built from this source, or found built. */
export async function builtImages(): Promise<Images> {
  const host = await dockerForTests();
  const { stdout } = await run(join(import.meta.dirname, 'images'), { env: { ...process.env, DOCKER_HOST: host } });
  const id = stdout.trim().split('\n').at(-1) as string;
  const palvella = `palvella-test/palvella:${id.slice('sha256:'.length, 19)}`;
  await docker(host, 'tag', id, palvella);
  return { host, palvella, postgres: 'palvella-test/postgres', temporal: 'palvella-test/temporal' };
}

export interface Cluster {
  kubeconfig: string;
  /** Palvella's. */
  image: string;
  /** Of its API, as pods reach it. */
  api: Place;
}

export interface Place {
  host: string;
  port: number;
}

/** The test cluster, with Palvella's image. */
export async function clusterWithImage(): Promise<Cluster> {
  const { host, palvella } = await builtImages();
  const kubeconfig = await kubernetesForTests();
  const images = `ctr -a ${join(kubeconfig, '../ctd/containerd.sock')} -n k8s.io images`;
  await run('bash', [
    '-euo',
    'pipefail',
    '-c',
    `${images} ls -q | grep -qx 'docker.io/${palvella}' || docker -H ${host} save ${palvella} | ${images} import -`,
  ]);
  const server = await kubectl(kubeconfig, 'config', 'view', '-o', 'jsonpath={.clusters[0].cluster.server}');
  const { hostname, port } = new URL(server);
  return { kubeconfig, image: palvella, api: await forward(() => ({ host: hostname, port: Number(port) })) };
}

/** An address that pods reach, in place of one that they do not: the test cluster has neither names nor Services. */
export async function forward(target: () => Place): Promise<Place> {
  const server = createServer((from) => {
    const to = createConnection(target());
    from.pipe(to).pipe(from);
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
  });
  await new Promise<void>((done) => server.listen(0, nodeAddress, done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  atEnd(async () => void server.close());
  return { host: nodeAddress, port: address.port };
}
