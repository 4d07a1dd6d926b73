import { resolve } from 'node:path';
import { z } from 'zod';
import { PalvellaError } from '../../core/errors.ts';

const defaultCapacity = 100;

const Environment = z.object({
  PALVELLA_URL: z.url(),
  PALVELLA_WORKER_TOKEN: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  PALVELLA_DATA_DIR: z.string().min(1).default('.palvella'),
  PALVELLA_WORKER_ID: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/)
    .optional(),
  PALVELLA_WORKER_CAPACITY: z.coerce.number().int().positive().default(defaultCapacity),
  PALVELLA_WORKER_LABELS: z.string().default(''),
  PALVELLA_WORKER_ENGINES: z.string().default(''),
  PALVELLA_ALLOWED_ADDRESSES: z.string().default(''),
});

export interface WorkerSettings {
  url: string;
  token: string;
  temporalAddress: string;
  namespace: string;
  /** This Worker's own part of the data directory. */
  stateFolder: string;
  workerId: string | undefined;
  capacity: number;
  labels: Record<string, string>;
  /** Types of Engines that it is to serve; empty: all that its host has. */
  engines: string[];
  allowedAddresses: string;
  /** What Actions may ask for. */
  setting(name: string): string | undefined;
}

/** What Actions may read of the Worker's settings: never its token. */
const forActions: ReadonlySet<string> = new Set([
  'slack_token',
  'slack_api_url',
  'slack_url',
  'smtp_url',
  'smtp_from',
  'source_root',
  'data_dir',
]);

export function readSettings(environment: Readonly<Record<string, string | undefined>>): WorkerSettings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new PalvellaError('invalid_request', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const values = parsed.data;
  return {
    url: values.PALVELLA_URL.replace(/\/+$/, ''),
    token: values.PALVELLA_WORKER_TOKEN,
    temporalAddress: values.TEMPORAL_ADDRESS,
    namespace: values.TEMPORAL_NAMESPACE,
    stateFolder: resolve(values.PALVELLA_DATA_DIR, 'worker'),
    workerId: values.PALVELLA_WORKER_ID,
    capacity: values.PALVELLA_WORKER_CAPACITY,
    labels: parseLabels(values.PALVELLA_WORKER_LABELS),
    engines: items(values.PALVELLA_WORKER_ENGINES),
    allowedAddresses: values.PALVELLA_ALLOWED_ADDRESSES,
    setting(name) {
      if (!forActions.has(name)) return undefined;
      if (name === 'data_dir') return resolve(values.PALVELLA_DATA_DIR);
      return environment[`PALVELLA_${name.toUpperCase()}`] ?? (name === 'source_root' ? process.cwd() : undefined);
    },
  };
}

function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    items(text).map((pair) => {
      const [name = '', ...value] = pair.split('=');
      if (name === '' || value.length === 0) {
        throw new PalvellaError('invalid_request', `PALVELLA_WORKER_LABELS: ${pair} is not name=value`);
      }
      return [name, value.join('=')];
    }),
  );
}

/** With commas between. */
function items(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
