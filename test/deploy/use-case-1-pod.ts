import type { Services } from './services.ts';
import type { Place } from './setting.ts';

/** The one pod of use case 1, and what it is given: a key, and an account that may make pods. */
export function useCase1Pod(given: {
  namespace: string;
  image: string;
  key: string;
  /** What the webhook is signed with. */
  hookSecret: string;
  services: Services;
  /** Of the Kubernetes API, as pods reach it. */
  api: Place;
}): object[] {
  const { namespace, image, key, hookSecret, services, api } = given;
  const named = (name: string) => ({ name, namespace });
  const keyFile = '/var/run/google/key.json';
  const hookFile = '/var/run/hook/secret';
  const env = {
    DATABASE_URL: `postgresql://${services.database}`,
    PGUSER: services.user,
    TEMPORAL_ADDRESS: services.temporal,
    GOOGLE_APPLICATION_CREDENTIALS: keyFile,
    PALVELLA_CREDENTIAL_SOURCES: `${keyFile},${hookFile}`,
    PALVELLA_WORKER_ENGINES: 'kubernetes',
    // The name in the API server's certificate, as this cluster has no Services.
    PALVELLA_KUBERNETES_SERVER: `https://kubernetes.default.svc:${api.port}`,
    PALVELLA_KUBERNETES_CA_FILE: '/var/run/kubernetes/ca.crt',
    PALVELLA_KUBERNETES_NAMESPACE: namespace,
  };
  const fromSecret = (name: string, secret: string, item: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key: item } },
  });
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: named('palvella') },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: named('palvella'),
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'delete', 'deletecollection'] },
        { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: named('palvella'),
      subjects: [{ kind: 'ServiceAccount', ...named('palvella') }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'palvella' },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { ...named('account'), annotations: { 'kubernetes.io/service-account.name': 'palvella' } },
      type: 'kubernetes.io/service-account-token',
    },
    { apiVersion: 'v1', kind: 'Secret', metadata: named('database'), stringData: { PGPASSWORD: services.password } },
    { apiVersion: 'v1', kind: 'Secret', metadata: named('google'), stringData: { 'key.json': key } },
    { apiVersion: 'v1', kind: 'Secret', metadata: named('hook'), stringData: { secret: hookSecret } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: named('palvella'),
      spec: {
        automountServiceAccountToken: false,
        restartPolicy: 'Never',
        securityContext: { runAsNonRoot: true, fsGroup: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
        hostAliases: [{ ip: api.host, hostnames: ['kubernetes.default.svc'] }],
        containers: [
          {
            name: 'palvella',
            image,
            imagePullPolicy: 'Never',
            env: [
              ...Object.entries(env).map(([name, value]) => ({ name, value })),
              fromSecret('PGPASSWORD', 'database', 'PGPASSWORD'),
              fromSecret('PALVELLA_KUBERNETES_TOKEN', 'account', 'token'),
            ],
            readinessProbe: { httpGet: { path: '/readyz', port: 4600 }, periodSeconds: 1 },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [
              { name: 'google', mountPath: '/var/run/google', readOnly: true },
              { name: 'hook', mountPath: '/var/run/hook', readOnly: true },
              { name: 'account', mountPath: '/var/run/kubernetes', readOnly: true },
              { name: 'state', mountPath: '/var/lib/palvella' },
              { name: 'tmp', mountPath: '/tmp' },
            ],
          },
        ],
        volumes: [
          { name: 'google', secret: { secretName: 'google' } },
          { name: 'hook', secret: { secretName: 'hook' } },
          { name: 'account', secret: { secretName: 'account', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { name: 'state', emptyDir: {} },
          { name: 'tmp', emptyDir: {} },
        ],
      },
    },
  ];
}
