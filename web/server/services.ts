import { builtInCatalogue } from '../../core/language/index.ts';
import { type Access, createAccess } from '../../platform/access/index.ts';
import { type Approvals, createApprovals } from '../../platform/approvals/index.ts';
import { type Audit, createAudit } from '../../platform/audit/index.ts';
import { createDefinitions, type Definitions } from '../../platform/definitions/index.ts';
import { createEvents, type Events } from '../../platform/events/index.ts';
import { createRuns, createRunWorkflows, type Runs } from '../../platform/runs/index.ts';
import { createSettings, type Settings } from '../../platform/settings/index.ts';
import { openTemporal, type TemporalPlace } from '../../platform/temporal/client.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';

/** Everything that routes and the live socket use, made once a process. */
export interface Services {
  db: Database;
  /** Address that people open, without a slash at the end. */
  url: string;
  settings: Settings;
  access: Access;
  audit: Audit;
  definitions: Definitions;
  events: Events;
  runs: Runs;
  approvals: Approvals;
  close(): Promise<void>;
}

export interface ServiceOptions {
  databaseUrl: string;
  temporal: TemporalPlace;
  url: string;
  dataDir: string;
}

export function createServices(options: ServiceOptions): Services {
  const { url } = options;
  const db = openDatabase(options.databaseUrl);
  const temporal = openTemporal(options.temporal);
  const events = createEvents(options.databaseUrl);
  const workflows = createRunWorkflows(temporal);
  const runs = createRuns({ db, workflows, url, events });
  return {
    db,
    url,
    settings: createSettings(db),
    access: createAccess(db),
    audit: createAudit(db),
    definitions: createDefinitions({ db, catalogue: builtInCatalogue }),
    events,
    runs,
    approvals: createApprovals({ db, runs, workflows }),
    close: async () => {
      await events.close();
      await temporal.close();
      await db.close();
    },
  };
}
