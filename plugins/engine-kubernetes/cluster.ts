import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { PalvellaError } from '../../core/errors.ts';

export interface Cluster {
  config: KubeConfig;
  api: CoreV1Api;
  /** Where pods go that name no namespace. */
  namespace: string;
  /** For people. */
  at: string;
}

const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How this process was told of a cluster; undefined where it was not. Reads nothing but file names. */
export function clusterSource(): 'environment' | 'kubeconfig' | 'pod' | undefined {
  if (process.env['PALVELLA_KUBERNETES_SERVER']) return 'environment';
  if (process.env['KUBECONFIG'] || existsSync(join(homedir(), '.kube/config'))) return 'kubeconfig';
  if (process.env['KUBERNETES_SERVICE_HOST'] && existsSync(join(podFolder, 'token'))) return 'pod';
  return undefined;
}

/** Speaks with the cluster that the context names, or with the one that this process was told of. */
export async function connect(context?: string): Promise<Cluster> {
  // Loaded when there is a cluster: it takes half a second and 80 MB.
  const { CoreV1Api, KubeConfig } = await import('@kubernetes/client-node');
  const source = clusterSource();
  const config = new KubeConfig();
  if (source === undefined) {
    throw new PalvellaError('engine_refused', 'this Worker knows no cluster', {
      remedy: 'Give it KUBECONFIG, or PALVELLA_KUBERNETES_SERVER with a token, or run it in a pod.',
    });
  }
  if (source === 'environment') fromEnvironment(config);
  else if (source === 'pod') config.loadFromCluster();
  else config.loadFromDefault();
  if (context !== undefined) {
    if (config.getContextObject(context) === null) {
      const known = config.contexts.map(({ name }) => name).join(', ') || 'none';
      throw new PalvellaError('engine_refused', `there is no context ${context} in the Worker’s kubeconfig`, {
        remedy: `It has ${known}.`,
      });
    }
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new PalvellaError('engine_refused', 'the Worker’s kubeconfig names no cluster');
  return {
    config,
    api: config.makeApiClient(CoreV1Api),
    namespace: namespaceOf(config, source),
    at: cluster.server,
  };
}

/** A server, a token and perhaps a certificate, as a container is given them. */
function fromEnvironment(config: KubeConfig): void {
  const value = (name: string) => process.env[`PALVELLA_KUBERNETES_${name}`];
  const tokenFile = value('TOKEN_FILE');
  const token = value('TOKEN') ?? (tokenFile === undefined ? undefined : readFileSync(tokenFile, 'utf8').trim());
  const caFile = value('CA_FILE');
  config.loadFromClusterAndUser(
    {
      name: 'environment',
      server: value('SERVER') ?? '',
      skipTLSVerify: value('SKIP_TLS_VERIFY') === 'true',
      ...(caFile !== undefined && { caFile }),
    },
    { name: 'environment', ...(token !== undefined && { token }) },
  );
}

function namespaceOf(config: KubeConfig, source: 'environment' | 'kubeconfig' | 'pod'): string {
  const given = process.env['PALVELLA_KUBERNETES_NAMESPACE'];
  if (given) return given;
  if (source === 'pod') return readFileSync(join(podFolder, 'namespace'), 'utf8').trim();
  return config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
}
