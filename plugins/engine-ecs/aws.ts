import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ECS } from '@aws-sdk/client-ecs';
import { PalvellaError } from '../../core/errors.ts';

/** AWS in one region, by the Worker's own credentials. */
export interface Aws {
  ecs: ECS;
  logs: CloudWatchLogs;
  region: string;
}

export interface Clouds {
  /** In the Worker's own region when none is named. */
  in(region?: string): Promise<Aws>;
  close(): void;
}

/** The client tries throttled calls again, more and more slowly. */
const attempts = 8;

export function createClouds(): Clouds {
  const known = new Map<string, Promise<Aws>>();
  return {
    async in(region = '') {
      const aws = known.get(region) ?? connect(region === '' ? {} : { region });
      known.set(region, aws);
      try {
        return await aws;
      } catch (error) {
        known.delete(region);
        throw error;
      }
    },
    close() {
      for (const aws of known.values()) {
        void aws.then(({ ecs, logs }) => {
          ecs.destroy();
          logs.destroy();
        }, Boolean);
      }
      known.clear();
    },
  };
}

/** Whether this process was told of a region. Asks nobody, and loads nothing. */
export function isRegionNamed(): boolean {
  const { AWS_REGION, AWS_CONFIG_FILE } = process.env;
  return Boolean(AWS_REGION) || existsSync(AWS_CONFIG_FILE ?? join(homedir(), '.aws/config'));
}

async function connect(where: { region?: string }): Promise<Aws> {
  // Loaded when there is something to say to AWS: they take 40 MB.
  const [{ ECS }, { CloudWatchLogs }] = await Promise.all([
    import('@aws-sdk/client-ecs'),
    import('@aws-sdk/client-cloudwatch-logs'),
  ]);
  const config = { ...where, maxAttempts: attempts };
  const ecs = new ECS(config);
  try {
    return { ecs, logs: new CloudWatchLogs(config), region: await ecs.config.region() };
  } catch (error) {
    throw new PalvellaError('engine_refused', 'no AWS region is named', {
      remedy: 'Name it as region in the Engine, or give the Worker AWS_REGION.',
      cause: error,
    });
  }
}
