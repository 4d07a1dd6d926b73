import { z } from 'zod';
import { Environ, environText, Image, Shell, shellText } from '../../core/contracts/engine-settings.ts';
import type { EngineManifest } from '../../core/contracts/plugin.ts';

const Seconds = z.number().positive().max(86_400);
const HelperName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a helper is named as in docker-credential-NAME');
const Address = z.string().min(1).max(500);

const Service = z.strictObject({
  image: Image,
  environ: Environ.optional(),
  command: z.array(z.string()).min(1).optional().describe('Instead of the image’s own'),
  health: z
    .strictObject({
      command: z.string().min(1).describe('Run in the container by its shell until it ends with 0'),
      interval: Seconds.default(1).describe('Seconds between two tries'),
      timeout: Seconds.default(10).describe('Seconds that one try may take'),
      retries: z.int().min(1).max(10_000).default(60).describe('Tries that may fail'),
    })
    .optional(),
});

const DefaultProxies = z.strictObject({
  httpProxy: z.string().optional(),
  httpsProxy: z.string().optional(),
  ftpProxy: z.string().optional(),
  allProxy: z.string().optional(),
  noProxy: z.string().optional(),
});

const Login = z.strictObject({
  username: z.string().optional(),
  password: z.string().meta({ secret: true }).optional(),
  credsStore: HelperName.optional().describe('Credential store to ask, as docker-credential-NAME on the Worker'),
  credHelpers: z.record(z.string(), HelperName).optional().describe('By registry, the helper to ask for its login'),
});

export const manifest = {
  category: 'engine',
  id: 'docker',
  title: 'Docker',
  description: 'Runs commands in Docker containers that share the Job’s workspace',
  code: ['shell'],
  writtenNames: ['environ', 'services'],
  ownerOnly: ['allow', 'host', 'context', 'volumes', 'network', 'http_proxy', 'https_proxy', 'no_proxy'],
  settings: z.object({
    image: Image.describe('Image and tag'),
    shell: Shell.optional().describe(shellText),
    environ: Environ.optional().describe(environText),
    volumes: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(1000).describe('A Docker volume, or a directory of the daemon’s host'),
          path: z
            .string()
            .max(1000)
            .regex(/^\/[^\0]*$/, 'a path in the container begins with /')
            .describe('Where it is in the container'),
        }),
      )
      .max(100)
      .optional()
      .describe('Volumes and directories that the container sees beside the workspace'),
    context: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, 'the name of a Docker context')
      .optional()
      .describe('Docker context of the Worker’s user'),
    platform: z
      .string()
      .regex(/^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?$/, 'a platform is written as linux/arm64')
      .optional()
      .describe('Platform of the image, as linux/arm64'),
    http_proxy: Address.optional().describe(
      'Proxy to a daemon at tcp:// and for credential helpers, not for containers',
    ),
    https_proxy: Address.optional().describe('As http_proxy, for a daemon with TLS'),
    no_proxy: z.string().max(5000).optional().describe('Hosts that the proxies are not used for'),
    host: z
      .string()
      .regex(
        /^(unix:\/\/\/|tcp:\/\/|ssh:\/\/)[^\s]+$/,
        'a host is written as unix:///path, tcp://host:port or ssh://host',
      )
      .optional()
      .describe('The daemon, as DOCKER_HOST; the Worker’s own when absent'),
    'config.json': z
      .strictObject({ proxies: z.strictObject({ default: DefaultProxies.optional() }).optional() })
      .optional()
      .describe('Of Docker’s config.json, the proxies that containers get'),
    login: Login.optional().describe('How to sign in to the image’s registry'),
    cpu: z.number().positive().max(1024).optional().describe('CPUs at most, as 0.5'),
    memory: z
      .string()
      .regex(/^[1-9][0-9]*[kmg]?b?$/i, 'memory is written as 512m or 2g')
      .optional()
      .describe('Memory at most, as 512m'),
    user: z
      .string()
      .regex(
        /^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/,
        'a user is written as name, uid or uid:gid',
      )
      .optional()
      .describe('User of the commands; the image’s when absent'),
    network: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'the name of a Docker network')
      .optional()
      .describe('Docker network; the daemon’s default when absent, none for no network at all'),
    pull: z.enum(['always', 'missing', 'never']).default('missing').describe('When the image is pulled'),
    services: z
      .record(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a service’s name is a host name'), Service)
      .optional()
      .describe('Containers beside the Job’s, reachable by their names'),
    allow: z
      .array(z.enum(['privileged', 'host_directories', 'host_network', 'docker_socket']))
      .optional()
      .describe('What containers may do to the daemon’s host; nothing when absent'),
  }),
  example: '{ type: docker, image: debian:bookworm, environ: { CI: "true" }, memory: 2g }',
} satisfies EngineManifest;

export type Settings = z.infer<typeof manifest.settings>;
