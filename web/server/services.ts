import { join } from 'node:path';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { builtInCatalogue, type Catalogue } from '../../core/language/index.ts';
import { type Access, createAccess } from '../../platform/access/index.ts';
import { type Approvals, createApprovals } from '../../platform/approvals/index.ts';
import { type Audit, createAudit } from '../../platform/audit/index.ts';
import { type Blobs, createFileBlobs } from '../../platform/blobs/index.ts';
import {
  type Credentials,
  createCredentials,
  createGeneratedSecrets,
  createSources,
  type GeneratedSecrets,
} from '../../platform/credentials/index.ts';
import { createDefinitions, type Definitions } from '../../platform/definitions/index.ts';
import { createEvents, type Events } from '../../platform/events/index.ts';
import { createFiles, type Files } from '../../platform/files/index.ts';
import { createHolds, type Holds } from '../../platform/holds/index.ts';
import { createHoldLines, type HoldLines } from '../../platform/holds/lines.ts';
import { createLogs, type Logs } from '../../platform/logs/index.ts';
import { createNotifications, type Notifications } from '../../platform/notifications/index.ts';
import { createPause, type Pauses } from '../../platform/pause/index.ts';
import { withActions } from '../../platform/plugins/catalogue.ts';
import { createRunStates, type RunStates } from '../../platform/run-state/index.ts';
import { createRuns, createRunWorkflows, type Runs } from '../../platform/runs/index.ts';
import { createSchedules, type Schedules } from '../../platform/schedules/index.ts';
import { createSearch, type Search } from '../../platform/search/index.ts';
import { createSettings, type Settings } from '../../platform/settings/index.ts';
import { createStats, type StatsReader } from '../../platform/stats/index.ts';
import { createSummaries, type Summaries } from '../../platform/summaries/index.ts';
import { openTemporal, type TemporalPlace } from '../../platform/temporal/client.ts';
import {
  type Calls,
  createCalls,
  createDeliveries,
  createHooks,
  createInbox,
  type Deliveries,
  type Hooks,
} from '../../platform/triggers/index.ts';
import { createWorkers, type Workers } from '../../platform/workers/index.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';

/** Everything that routes and the live socket use, made once a process. */
export interface Services {
  db: Database;
  /** Address that people open, without a slash at the end. */
  url: string;
  settings: Settings;
  access: Access;
  audit: Audit;
  /** The types of Actions and Engines that files may name. */
  catalogue: Catalogue;
  definitions: Definitions;
  events: Events;
  runs: Runs;
  approvals: Approvals;
  notifications: Pick<Notifications, 'list'>;
  runStates: Pick<RunStates, 'applyReports'>;
  logs: Logs;
  files: Files;
  summaries: Summaries;
  workers: Workers;
  stats: StatsReader;
  search: Search;
  holds: Holds;
  holdLines: HoldLines;
  pauses: Pauses;
  credentials: Credentials;
  generatedSecrets: GeneratedSecrets;
  hooks: Hooks;
  calls: Calls;
  deliveries: Deliveries;
  schedules: Schedules;
  close(): Promise<void>;
}

export interface ServiceOptions {
  databaseUrl: string;
  temporal: TemporalPlace;
  url: string;
  dataDir: string;
  /** What Credentials may read of it is named in `PALVELLA_CREDENTIAL_SOURCES`. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Actions beside the built-in ones. */
  plugins?: readonly ActionPlugin[];
  /** Told of what went wrong without anybody waiting for it. */
  warn(message: string, error: unknown): void;
}

export function createServices(options: ServiceOptions): Services {
  const { url } = options;
  const catalogue = withActions(builtInCatalogue, options.plugins ?? []);
  const db = openDatabase(options.databaseUrl);
  const temporal = openTemporal(options.temporal);
  const events = createEvents(options.databaseUrl, options.warn);
  const workflows = createRunWorkflows(temporal);
  const settings = createSettings(db);
  const audit = createAudit(db);
  const blobs: Blobs = createFileBlobs(join(options.dataDir, 'blobs'));
  const parts = { pool: db.pool, blobs, warn: options.warn };
  const environment = options.environment ?? {};
  const generated = createGeneratedSecrets({ pool: db.pool, dataDir: options.dataDir, environment });
  const credentials = createCredentials({ pool: db.pool, sources: createSources(environment), generated, audit });
  const inbox = createInbox(db);
  const files = createFiles(parts);
  const runs = createRuns({ db, workflows, url, events, files, warn: options.warn });
  const approvals = createApprovals({ db, runs, workflows, blobs });
  const schedules = createSchedules({ ...parts, client: temporal.client, summaries: runs.summaries });
  return {
    db,
    url,
    settings,
    access: createAccess(db, url),
    audit,
    catalogue,
    definitions: createDefinitions({ db, catalogue, triggersChanged: schedules.sync }),
    schedules,
    events,
    runs,
    approvals,
    notifications: createNotifications({ pool: db.pool, url }),
    runStates: createRunStates({ pool: db.pool }),
    logs: createLogs(parts),
    files,
    summaries: createSummaries(db.pool),
    workers: createWorkers({ pool: db.pool, settings }),
    search: createSearch({ pool: db.pool }),
    stats: createStats({ pool: db.pool, countPending: approvals.countPending }),
    credentials,
    generatedSecrets: generated,
    calls: createCalls({ pool: db.pool, inbox }),
    deliveries: createDeliveries({ pool: db.pool, runs }),
    hooks: createHooks({ pool: db.pool, inbox, credentials, audit, warn: options.warn }),
    holds: createHolds({ pool: db.pool, client: temporal.client }),
    holdLines: createHoldLines({ pool: db.pool }),
    pauses: createPause({ pool: db.pool, workflows }),
    close: async () => {
      await events.close();
      await temporal.close();
      await db.close();
    },
  };
}
