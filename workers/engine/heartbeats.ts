import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineActivitySet } from '../../activities/engine/index.ts';
import type { PluginSource } from '../../activities/engine/ports.ts';
import type { WorkerHello, WorkerOrders } from '../../core/api/worker.ts';
import { errorCode } from '../../core/errors.ts';
import { type JobKey, jobKeyText } from '../../core/keys.ts';
import type { ApiClient } from './api-client.ts';

/** As many as one heartbeat may hold. */
const mostHeld = 1000;
/** How long a heartbeat waits for Jobs to be torn down; a daemon that does not answer must not make all others lost. */
const teardownMs = 5_000;

export interface HeartbeatParts {
  api: ApiClient;
  hello: WorkerHello;
  plugins: PluginSource;
  set: Pick<EngineActivitySet, 'places' | 'records' | 'letGo'>;
  warn(message: string, error: unknown): void;
}

/** Tells the API that the Worker is there and what it holds, and lets go of what it is told to. */
export interface Heartbeats {
  once(stopping: boolean): Promise<WorkerOrders>;
  /** Until the signal is aborted. */
  run(everyMs: number, each: (orders: WorkerOrders) => Promise<void>, signal: AbortSignal): Promise<void>;
}

export function createHeartbeats({ api, hello, plugins, set, warn }: HeartbeatParts): Heartbeats {
  let turn = 0;
  const ending = new Map<string, Promise<void>>();

  async function once(stopping: boolean): Promise<WorkerOrders> {
    const held = inTurn(await heldJobs());
    const strangers = await strangeJobs();
    const orders = await api.heartbeat({ id: hello.id, running: set.places.taken, stopping, held, strangers });
    set.places.drain(orders.draining);
    await Promise.race([Promise.all(orders.teardown.map(letGo)), sleep(teardownMs, undefined, { ref: false })]);
    return orders;
  }

  function letGo(job: JobKey): Promise<void> {
    const id = jobKeyText(job);
    const ended =
      ending.get(id) ??
      set
        .letGo(job)
        .catch((error: unknown) => warn(`the Job ${id} could not be torn down`, error))
        .finally(() => ending.delete(id));
    ending.set(id, ended);
    return ended;
  }

  async function heldJobs(): Promise<JobKey[]> {
    const engines = await plugins.engines();
    const lists = await Promise.all([set.records.jobs(), ...engines.map((engine) => engine.held())]);
    return [...new Map(lists.flat().map((job) => [jobKeyText(job), job])).values()];
  }

  async function strangeJobs(): Promise<JobKey[]> {
    const engines = await plugins.engines();
    const asked = engines.flatMap((engine) => (engine.strangers === undefined ? [] : [engine.strangers()]));
    const lists = await Promise.all(asked);
    return lists.flat().slice(0, mostHeld);
  }

  /** All of them in the end, where there are more than one heartbeat holds. */
  function inTurn(held: JobKey[]): JobKey[] {
    if (held.length <= mostHeld) return held;
    turn = (turn + mostHeld) % held.length;
    return [...held.slice(turn), ...held.slice(0, turn)].slice(0, mostHeld);
  }

  return {
    once,
    async run(everyMs, each, signal) {
      while (!signal.aborted) {
        await sleep(everyMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        try {
          await each(await once(false));
        } catch (error) {
          warn('a heartbeat was refused', error);
          if (errorCode(error) === 'not_found') await api.hello(hello).catch(() => undefined);
        }
      }
    },
  };
}
