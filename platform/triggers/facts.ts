import type { Json, JsonObject } from '../../core/json.ts';

/** What is read out of a payload whoever sent it, as `trigger.*`; null where it says nothing of that. */
export interface Facts {
  /** What happened to a pull request, an issue and the like: `opened`. Of a push `created`, `deleted` or `pushed`. */
  action: string | null;
  /** `refs/heads/main`, `refs/tags/v1`, or of a pull request what can be checked out, as `refs/pull/7/head`. */
  ref: string | null;
  /** Of a pull request the one that it goes to. */
  branch: string | null;
  tag: string | null;
  /** The newest commit. */
  sha: string | null;
  /** Of a pull request the one that it comes from. */
  source_branch: string | null;
  /** `owner/name` */
  repository: string | null;
  sender: string | null;
  /** Of a pull request or issue. */
  number: number | null;
  title: string | null;
  url: string | null;
  /** Whether a pull request comes from another repository; null where that cannot be told. */
  fork: boolean | null;
}

const longest = 2_000;

export const noFacts: Facts = {
  action: null,
  ref: null,
  branch: null,
  tag: null,
  sha: null,
  source_branch: null,
  repository: null,
  sender: null,
  number: null,
  title: null,
  url: null,
  fork: null,
};

/** What is at a path of a payload; undefined where there is nothing. */
export function found(value: Json | undefined, ...path: string[]): Json | undefined {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
  }
  return at;
}

export function textAt(payload: JsonObject, ...path: string[]): string | null {
  const value = found(payload, ...path);
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : null;
}

export function numberAt(payload: JsonObject, ...path: string[]): number | null {
  const value = found(payload, ...path);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

export function listAt(payload: JsonObject, ...path: string[]): Json[] {
  const value = found(payload, ...path);
  return Array.isArray(value) ? value : [];
}

/** A branch or tag by its full name. */
export function refFacts(ref: string | null): Pick<Facts, 'ref' | 'branch' | 'tag'> {
  const [, kind, name = null] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? '') ?? [];
  return { ref, branch: kind === 'heads' ? name : null, tag: kind === 'tags' ? name : null };
}

/** Files that commits touched, as all three forges write them; undefined where not all of them are told. */
export function changedFiles(commits: readonly Json[], told: boolean): string[] | undefined {
  if (!told || commits.length === 0) return undefined;
  const paths = new Set<string>();
  for (const commit of commits) {
    for (const field of ['added', 'modified', 'removed']) {
      const files = found(commit, field);
      if (!Array.isArray(files)) return undefined;
      for (const file of files) if (typeof file === 'string') paths.add(file);
    }
  }
  return [...paths];
}

/** A commit that is none: what a branch that is created or deleted has before or after. */
export function commitOf(sha: string | null): string | null {
  return sha === null || /^0+$/.test(sha) ? null : sha;
}
