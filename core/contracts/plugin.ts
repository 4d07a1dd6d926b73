import type { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import type { ActionKey } from '../keys.ts';
import type { Stream } from '../log-frames.ts';
import type { CommandSpec, Engine, Exit, Workspace } from './engine.ts';

export const pluginCategories = [
  'authentication',
  'authorization',
  'permission',
  'credential',
  'database',
  'logging',
  'storage',
  'job',
  'action',
  'engine',
] as const;

interface Manifest {
  /** The name used in files: `run`, `local`. Unique in its category. */
  id: string;
  title: string;
  /** One line, shown in the catalogue. */
  description: string;
  /** A YAML example, checked by a test. */
  example: string;
}

/**
 * Where an Action runs: `workflow` is control flow, read by the interpreter and costing no activity;
 * `native` on any Worker, without a workspace; `job` on the Job's Engine, in its workspace.
 */
export type ActionPlace = 'workflow' | 'native' | 'job';

export interface ActionManifest extends Manifest {
  category: 'action';
  place: ActionPlace;
  /** What the Action takes, after expressions are computed. A `z.object`; unknown fields are refused. */
  input: z.ZodObject;
  /** Other fields beside the Action's own, as `environ` of `run`; merged into the input. */
  besides?: readonly string[];
  /** What `type: text` means when the value is not an object: the name of the input field. */
  short?: string;
  /** Input fields that are code: `${{ }}` in them is refused when the file is saved. */
  code?: readonly string[];
  /** Input fields that are objects of which only the values may be computed, not which names there are. */
  writtenNames?: readonly string[];
}

export interface EngineManifest extends Manifest {
  category: 'engine';
  settings: z.ZodObject;
  /** Settings that are code: `${{ }}` in them is refused when the file is saved. */
  code?: readonly string[];
  /** Settings that are objects of which only the values may be computed, not which names there are. */
  writtenNames?: readonly string[];
  /** Settings that only an Engine of the library may have: who may write those decides what a host gives away. */
  ownerOnly?: readonly string[];
}

export type ActionOutcome = {
  status: 'succeeded' | 'failed';
  exitStatus?: number;
  /** Named outputs. */
  output?: JsonObject;
  reason?: string;
};

/** What an Action's code is given. Everything in it is bound to one try of one Action. */
export interface ActionContext {
  key: ActionKey;
  /** Aborted on stop and timeout. */
  signal: AbortSignal;
  /** Writes to the Action's log; secrets are masked on the way. */
  log(stream: Stream, text: string): void;
  /** Runs a command on the Job's Engine, attaching to one already started. Its output goes to the log. */
  exec(command: Omit<CommandSpec, 'key'>): Promise<Exit>;
  workspace(): Promise<Workspace>;
  /** `fetch` through the guard that refuses private addresses unless the Worker's owner allowed them. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  files: {
    put(key: string, content: NodeJS.ReadableStream): Promise<{ size: number; sha256: string }>;
    get(key: string): Promise<NodeJS.ReadableStream>;
  };
  /** Starts a run of another Pipeline, once for this key however often it is called. */
  startRun(pipeline: string, args: JsonObject): Promise<{ id: string; number: number; url: string }>;
  /** Settings given to the Worker at start, as `smtp_url` or `slack_url`. */
  setting(name: string): string | undefined;
  /** Kept private folder for this try, removed with the Job. */
  scratch: string;
}

/** A built-in or third party's Action of place `native` or `job`. */
export interface ActionPlugin<Input = Json> {
  manifest: ActionManifest;
  /** True where a native Action may be executed again after a crash in the middle, as it happens once all the same. */
  repeatable?: boolean;
  execute(context: ActionContext, input: Input): Promise<ActionOutcome>;
}

export interface EngineHost {
  /** Folder of this Worker that survives its restarts. */
  stateFolder: string;
  workerId: string;
}

export interface EnginePlugin {
  manifest: EngineManifest;
  /** One instance a Worker, shared by all Jobs. */
  create(host: EngineHost): Promise<Engine>;
  /** Whether it can be had on this host, with what was found, as `Docker 28.2 at unix:///…`. */
  probe(): Promise<{ available: boolean; found: string }>;
}
