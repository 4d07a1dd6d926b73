import type { Readable } from 'node:stream';
import type { JobKey } from '../../core/keys.ts';

/** A container that stays while its Job runs and has a shell; commands are executed in it. */
export interface Container {
  /** By which the host finds it again after a restart of the Worker. */
  readonly name: string;
  /** Containers of a Job in which this is the same have the same files below `volumePath`. */
  readonly volume: string;
  /** Starts a program in the container. It goes on, or is killed, when nobody listens: see `script.ts`. */
  exec(argv: readonly string[], input?: string | Readable): Promise<Exec>;
  /** Why the container runs no more, as a sentence for people; undefined while it does. */
  whyGone(): Promise<string | undefined>;
  /** What is known of it: node, image digest. */
  info(): Promise<Record<string, string | number>>;
}

export interface Exec {
  /** In the order in which it came. Ends when the program and all that hold its output have ended, or breaks off. */
  output: AsyncIterable<{ stream: 'stdout' | 'stderr'; bytes: Buffer }>;
  close(): void;
}

/** Where containers are had: a Docker daemon, a cluster. `settings` are those of the Engine, checked. */
export interface ContainerHost<Settings> {
  /** Makes what the Job needs, or finds what is there already. `say` tells people what takes its time. */
  open(job: JobKey, settings: Settings, say: (line: string) => void, signal: AbortSignal): Promise<Container>;
  /** The one that `open` gave under this name; undefined where there is none. */
  find(job: JobKey, name: string): Promise<Container | undefined>;
  /** Removes all that any Worker made for the Job; safe to repeat. */
  remove(job: JobKey): Promise<void>;
  /** Jobs that something is there for: of this Worker's, and of others'. Empty where that cannot be told now. */
  found(): Promise<{ own: JobKey[]; strange: JobKey[] }>;
  close(): Promise<void>;
}

/** The Job's volume in every container. */
export const volumePath = '/palvella';
export const workPath = `${volumePath}/work`;

/** What a container does while no command runs in it: it takes in processes that have lost their parents. */
export const keeper = "trap 'exit 0' TERM; while :; do sleep 86400 & wait $!; done";
