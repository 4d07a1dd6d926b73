import { chownSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Services } from './services.ts';
import type { Place } from './setting.ts';

const user = 10_001;

/** What the test cluster needs beside deploy/kubernetes: it has no names, no Services and nobody who makes volumes. */
export function overlay(given: {
  /** Where the kustomization will be, with the volumes beside it. */
  folder: string;
  image: string;
  services: Services;
  web: Place;
  api: Place;
  token: string;
}): { kustomization: object; objects: object[] } {
  const { folder, image, services, web, api } = given;
  const [newName, newTag] = image.split(':');
  const account = '/var/run/secrets/kubernetes.io/serviceaccount';
  const engineEnv = {
    PALVELLA_URL: `http://${web.host}:${web.port}`,
    PALVELLA_KUBERNETES_SERVER: `https://kubernetes.default.svc:${api.port}`,
    PALVELLA_KUBERNETES_TOKEN_FILE: `${account}/token`,
    PALVELLA_KUBERNETES_CA_FILE: `${account}/ca.crt`,
  };
  const data = (name: string, values: object) => ({
    patch: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: named(name), data: values }),
  });
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [relative(folder, join(import.meta.dirname, '../../deploy/kubernetes'))],
    images: [{ name: 'palvella', newName, newTag }],
    patches: [
      data('palvella', { TEMPORAL_ADDRESS: services.temporal }),
      data('palvella-database', { DATABASE_URL: `postgresql://${services.database}` }),
      {
        patch: JSON.stringify({
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: named('palvella-engine'),
          spec: {
            template: {
              spec: {
                hostAliases: [{ ip: api.host, hostnames: ['kubernetes.default.svc'] }],
                containers: [
                  { name: 'engine', env: Object.entries(engineEnv).map(([name, value]) => ({ name, value })) },
                ],
              },
            },
          },
        }),
      },
      {
        target: { kind: 'StatefulSet' },
        patch: JSON.stringify([{ op: 'add', path: '/spec/volumeClaimTemplates/0/spec/storageClassName', value: '' }]),
      },
      {
        target: { kind: 'PersistentVolumeClaim' },
        patch: JSON.stringify([{ op: 'add', path: '/spec/storageClassName', value: '' }]),
      },
    ],
  };
  const secret = (name: string, stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: named(name),
    stringData,
  });
  const objects = [
    secret('palvella-database', { PGUSER: services.user, PGPASSWORD: services.password }),
    secret('palvella-token', { PALVELLA_TOKEN: given.token }),
    secret('palvella-worker-token', { PALVELLA_WORKER_TOKEN: 'of-the-worker-'.padEnd(40, 'x') }),
    volume(folder, 'palvella', 'ReadWriteMany', '20Gi'),
    volume(folder, 'state-palvella-engine-0', 'ReadWriteOnce', '10Gi'),
  ];
  return { kustomization, objects };
}

function named(name: string): object {
  return { name, namespace: 'palvella' };
}

/** A folder of this machine for the claim of that name. */
function volume(folder: string, claim: string, mode: string, storage: string): object {
  const path = join(folder, claim);
  mkdirSync(path);
  chownSync(path, user, user);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `palvella-test-${claim}`, labels: { for: 'palvella-test' } },
    spec: {
      capacity: { storage },
      accessModes: [mode],
      hostPath: { path },
      claimRef: named(claim),
      storageClassName: '',
    },
  };
}
