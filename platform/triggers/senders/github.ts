import { PalvellaError } from '../../../core/errors.ts';
import { isObject } from '../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { changedFiles, commitOf, type Facts, found, listAt, noFacts, numberAt, refFacts, textAt } from '../facts.ts';
import type { ForgeSender, Message } from './sender.ts';
import { needed, verifyHmac } from './signature.ts';

/** From as many commits on, GitHub may leave some out. */
const mostCommits = 20;
/** And from as many files. */
const mostFiles = 300;
/** Sent by somebody's call, and equal where nothing else happened in the repository: each id counts, not each content. */
const dispatches: ReadonlySet<string> = new Set(['repository_dispatch', 'workflow_dispatch']);

export const github: ForgeSender = {
  headers: ['x-github-event', 'x-github-delivery', 'x-github-hook-id', 'x-github-hook-installation-target-type'],
  signed: ({ headers, body }) => (dispatches.has(headers.get('x-github-event') ?? '') ? undefined : [body]),
  verify: (message, secret) => verifyHmac(needed(message, 'x-hub-signature-256', 'signature'), secret, message.body),
  read: (message, payload) => ({
    event: eventOf(message, 'x-github-event'),
    key: message.headers.get('x-github-delivery'),
    facts: factsOf(eventOf(message, 'x-github-event'), objectOf(payload)),
  }),
  isGreeting: (event) => event === 'ping',
  changed: (event, payload) => {
    // What a forced push took away changed, too, and is not told.
    if (event !== 'push' || found(payload, 'forced') === true) return undefined;
    const commits = listAt(payload, 'commits');
    const files = changedFiles(commits, commits.length < mostCommits);
    return files === undefined || files.length >= mostFiles ? undefined : files;
  },
};

export function eventOf({ headers }: Message, name: string): string {
  const event = headers.get(name) ?? '';
  if (/^[A-Za-z][\w .-]{0,99}$/.test(event)) return event;
  const what = event === '' ? `There is no ${name}` : `${name} names no event`;
  throw new PalvellaError('invalid_request', `${what}, so nobody knows what happened.`);
}

export function objectOf(payload: Json): JsonObject {
  if (isObject(payload)) return payload;
  throw new PalvellaError('invalid_request', 'The payload must be a JSON object.');
}

function factsOf(event: string, payload: JsonObject): Facts {
  const facts: Facts = {
    ...noFacts,
    action: textAt(payload, 'action'),
    repository: textAt(payload, 'repository', 'full_name'),
    sender: textAt(payload, 'sender', 'login'),
  };
  if (event === 'push') return { ...facts, ...pushFacts(payload) };
  if (found(payload, 'pull_request') !== undefined) return { ...facts, ...pullRequestFacts(payload) };
  switch (event) {
    case 'create':
    case 'delete': {
      const kind = textAt(payload, 'ref_type');
      const name = textAt(payload, 'ref');
      if (name === null) return facts;
      return { ...facts, ...refFacts(`refs/${kind === 'tag' ? 'tags' : 'heads'}/${name}`) };
    }
    case 'release': {
      const tag = textAt(payload, 'release', 'tag_name');
      return {
        ...facts,
        ...(tag === null ? {} : refFacts(`refs/tags/${tag}`)),
        title: textAt(payload, 'release', 'name'),
        url: textAt(payload, 'release', 'html_url'),
      };
    }
    case 'workflow_run': {
      const head = textAt(payload, 'workflow_run', 'head_repository', 'full_name');
      return {
        ...facts,
        branch: textAt(payload, 'workflow_run', 'head_branch'),
        sha: textAt(payload, 'workflow_run', 'head_sha'),
        title: textAt(payload, 'workflow_run', 'name'),
        url: textAt(payload, 'workflow_run', 'html_url'),
        fork: head !== facts.repository,
      };
    }
    case 'check_suite':
      return { ...facts, ...checkFacts(payload, 'check_suite') };
    case 'check_run':
      return { ...facts, ...checkFacts(payload, 'check_run', 'check_suite') };
    case 'workflow_dispatch':
      return { ...facts, ...refFacts(textAt(payload, 'ref')) };
    case 'repository_dispatch':
      return { ...facts, branch: textAt(payload, 'branch') };
    case 'status':
      return { ...facts, branch: onlyBranch(payload), action: textAt(payload, 'state'), sha: textAt(payload, 'sha') };
    case 'deployment':
    case 'deployment_status': {
      // Whether it names a branch or a tag is not told.
      const [ref, sha] = [textAt(payload, 'deployment', 'ref'), textAt(payload, 'deployment', 'sha')];
      return { ...facts, ref, sha, action: textAt(payload, 'deployment_status', 'state') ?? facts.action };
    }
    default: {
      return {
        ...facts,
        number: numberAt(payload, 'issue', 'number'),
        title: textAt(payload, 'issue', 'title'),
        url: textAt(payload, 'issue', 'html_url'),
      };
    }
  }
}

function checkFacts(payload: JsonObject, ...at: string[]): Partial<Facts> {
  return { branch: textAt(payload, ...at, 'head_branch'), sha: textAt(payload, ...at, 'head_sha') };
}

/** Of a commit that is in several branches the repository's own one, if that is among them. */
function onlyBranch(payload: JsonObject): string | null {
  const names = listAt(payload, 'branches').map((branch) => found(branch, 'name'));
  const usual = textAt(payload, 'repository', 'default_branch');
  if (usual !== null && names.includes(usual)) return usual;
  return names.length === 1 && typeof names[0] === 'string' ? names[0] : null;
}

/** GitHub's words, which are Gitea's too. */
export function pushFacts(payload: JsonObject): Partial<Facts> {
  const created = found(payload, 'created') === true || commitOf(textAt(payload, 'before')) === null;
  const deleted = found(payload, 'deleted') === true || commitOf(textAt(payload, 'after')) === null;
  return {
    ...refFacts(textAt(payload, 'ref')),
    action: deleted ? 'deleted' : created ? 'created' : 'pushed',
    sha: commitOf(textAt(payload, 'after')),
    title: textAt(payload, 'head_commit', 'message')?.split('\n')[0] ?? null,
    url: textAt(payload, 'compare') ?? textAt(payload, 'compare_url'),
    fork: false,
  };
}

export function pullRequestFacts(payload: JsonObject): Partial<Facts> {
  const number = numberAt(payload, 'pull_request', 'number') ?? numberAt(payload, 'number');
  const head = textAt(payload, 'pull_request', 'head', 'repo', 'full_name');
  const base = textAt(payload, 'pull_request', 'base', 'repo', 'full_name');
  return {
    ref: number === null ? null : `refs/pull/${number}/head`,
    branch: textAt(payload, 'pull_request', 'base', 'ref'),
    sha: textAt(payload, 'pull_request', 'head', 'sha'),
    source_branch: textAt(payload, 'pull_request', 'head', 'ref'),
    number,
    title: textAt(payload, 'pull_request', 'title'),
    url: textAt(payload, 'pull_request', 'html_url'),
    // A fork that was deleted has no name any more.
    fork: head === null || head !== base,
  };
}
