import type { ActionReport, ClaimAnswer, LeaseRequest, LogPosition, StartRunRequest } from '../../core/api/worker.ts';
import type { Engine, OutputChunk } from '../../core/contracts/engine.ts';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import type { ActionKey, JobKey } from '../../core/keys.ts';

/** What the engine activities need of the Worker they run in. */
export interface EngineActivityDeps {
  workerId: string;
  /** Survives restarts of the Worker. */
  stateFolder: string;
  plugins: PluginSource;
  api: WorkerApi;
  openLog: OpenLog;
  createMasker(secrets: readonly string[]): Masker;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  setting(name: string): string | undefined;
  /** Jobs at once. */
  capacity: number;
  /** Aborted when the Worker is asked to stop: commands go on without it. */
  stopping: AbortSignal;
  /** Tells the operator of what went wrong behind an Action's back. */
  warn(message: string, error: unknown): void;
}

export interface PluginSource {
  action(type: string): Promise<ActionPlugin>;
  /** Throws `engine_refused` where this Worker does not have it. */
  engine(type: string): Promise<Engine>;
  /** Those that were asked for or found, for teardown. */
  engines(): Promise<Engine[]>;
}

/** The API as a Worker sees it. Each call is repeated while the API is away, until `signal` is aborted. */
export interface WorkerApi {
  claim(
    job: JobKey,
    workerId: string,
    signal?: AbortSignal,
  ): Promise<ClaimAnswer | { heldBy: string } | { draining: true }>;
  /** Calls that need the Job's own token; `again`: the last one was refused for its age. */
  job(token: (again?: boolean) => Promise<string>): JobApi;
}

export interface JobApi {
  report(reports: readonly ActionReport[]): Promise<void>;
  logPosition(key: ActionKey): Promise<LogPosition>;
  /** `end`: offset in the raw output after these frames. */
  putChunk(key: ActionKey, seq: number, end: number, frames: Uint8Array): Promise<void>;
  closeLog(key: ActionKey, seq: number): Promise<void>;
  lease(names: LeaseRequest['names']): Promise<string[]>;
  /** `open` is called again for each try. */
  putFile(key: string, size: number, open: () => NodeJS.ReadableStream): Promise<void>;
  getFile(key: string): Promise<NodeJS.ReadableStream>;
  putSummary(action: string, text: string): Promise<void>;
  startRun(request: StartRunRequest): Promise<{ id: string; number: number; url: string }>;
}

/** Sends a log's chunks in order, from a position on. */
export type OpenLog = (
  api: JobApi,
  key: ActionKey,
  position: Pick<LogPosition, 'seq' | 'offset'>,
  /** Output up to this offset is stored. */
  stored: (offset: number) => void,
) => ActionLog;

export interface ActionLog {
  /** Resolves when there is room for more. Rejects where the log can never be stored. */
  write(chunk: OutputChunk): Promise<void>;
  /** Resolves once all that was written is stored. */
  flush(): Promise<void>;
  /** Nothing follows. */
  close(): Promise<void>;
}

/** Replaces secrets in what passes through, also those cut apart by a chunk's border. */
export interface Masker {
  /** What may go on now; undefined while all of it is kept back. */
  push(chunk: OutputChunk): OutputChunk | undefined;
  /** What was kept back to the end. */
  flush(): OutputChunk | undefined;
  text(text: string): string;
}
