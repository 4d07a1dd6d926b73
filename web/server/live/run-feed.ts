import { RunSummary } from '../../../core/api/objects.ts';
import { errorCode } from '../../../core/errors.ts';
import type { Event } from '../../../platform/events/index.ts';
import type { Runs } from '../../../platform/runs/index.ts';
import { createPace } from './pace.ts';
import type { End, Subscriber } from './subscriber.ts';
import { createWorkerWatch } from './worker-watch.ts';

export interface RunFeed {
  run(subscriber: Subscriber, runId: string): End;
  list(subscriber: Subscriber, pipeline: string | undefined): End;
  hear(event: Event): void;
  end(): void;
}

/** As many as a first page of runs. */
const newest = 30;

interface Viewer {
  subscriber: Subscriber;
  /** What it was sent is old. */
  behind: boolean;
}

interface Lister {
  subscriber: Subscriber;
  pipeline: string | undefined;
  /** Runs that changed since it was sent them. */
  changed: Set<string>;
  /** It wants the newest, whatever changed. */
  all: boolean;
}

/** Reads each run that changed once, for all who want to know. */
export function createRunFeed(
  runs: Pick<Runs, 'get' | 'summaries' | 'list'>,
  failed: (error: unknown) => void,
): RunFeed {
  const viewers = new Map<string, Set<Viewer>>();
  const listers = new Set<Lister>();
  const pace = createPace(flush, failed);
  const watch = createWorkerWatch(runs.get, behind, (runId) => viewers.has(runId));

  function behind(runId: string): void {
    for (const viewer of viewers.get(runId) ?? []) viewer.behind = true;
    pace.wake();
  }

  /** Who is busy now gets the newest once it is not. */
  function isReady({ subscriber }: Viewer | Lister): boolean {
    if (!subscriber.isBusy()) return true;
    void subscriber.whenReady().then(pace.wake);
    return false;
  }

  async function flush(): Promise<void> {
    const read = new Map<string, RunSummary>();
    for (const [runId, of] of viewers) {
      const wanting = [...of].filter((viewer) => viewer.behind && isReady(viewer));
      if (wanting.length === 0) continue;
      for (const viewer of wanting) viewer.behind = false;
      const run = await runs.get(runId).catch((error: unknown) => {
        for (const viewer of wanting) viewer.behind = errorCode(error) !== 'not_found';
        if (errorCode(error) !== 'not_found') throw error;
      });
      if (run === undefined) continue;
      read.set(runId, RunSummary.parse(run));
      const json = JSON.stringify(run);
      watch.sent(run, json);
      for (const { subscriber } of wanting) subscriber.sendRun(json);
    }
    await flushLists(read);
  }

  async function flushLists(read: Map<string, RunSummary>): Promise<void> {
    const wanting = [...listers].filter((lister) => (lister.all || lister.changed.size > 0) && isReady(lister));
    // Taken before anything is read: what changes meanwhile is for the next round.
    const taken = wanting.map((lister) => {
      const { all, changed } = lister;
      lister.all = false;
      lister.changed = new Set();
      return { lister, all, changed };
    });
    try {
      const missing = new Set(taken.flatMap(({ all, changed }) => (all ? [] : [...changed])));
      for (const id of read.keys()) missing.delete(id);
      if (missing.size > 0) for (const run of await runs.summaries([...missing])) read.set(run.id, run);
      for (const { lister, all, changed } of taken) {
        const { pipeline, subscriber } = lister;
        const summaries = all
          ? (await runs.list({ pipeline, limit: newest })).items
          : [...changed].map((id) => read.get(id)).filter((run) => run !== undefined);
        subscriber.send({ type: 'runs', id: subscriber.id, changed: summaries });
      }
    } catch (error) {
      for (const { lister } of taken) lister.all = true;
      throw error;
    }
  }

  return {
    run(subscriber, runId) {
      const viewer = { subscriber, behind: true };
      const of = viewers.get(runId) ?? new Set();
      viewers.set(runId, of.add(viewer));
      pace.wake();
      return () => {
        of.delete(viewer);
        if (of.size === 0 && viewers.get(runId) === of) viewers.delete(runId);
      };
    },
    list(subscriber, pipeline) {
      const lister = { subscriber, pipeline, changed: new Set<string>(), all: true };
      listers.add(lister);
      pace.wake();
      return () => void listers.delete(lister);
    },
    hear(event) {
      if (event.kind !== 'run' && event.kind !== 'resync') return;
      for (const [runId, of] of viewers) {
        if (event.kind === 'resync' || runId === event.run) for (const viewer of of) viewer.behind = true;
      }
      for (const lister of listers) {
        if (event.kind === 'resync') lister.all = true;
        else if (lister.pipeline === undefined || lister.pipeline === event.pipeline) lister.changed.add(event.run);
      }
      pace.wake();
    },
    end() {
      watch.end();
      pace.end();
    },
  };
}
