import { isObject } from '../../../core/is-object.ts';
import type { JsonObject } from '../../../core/json.ts';
import { changedFiles, commitOf, type Facts, found, listAt, noFacts, numberAt, refFacts, textAt } from '../facts.ts';
import { eventOf, objectOf } from './github.ts';
import type { ForgeSender } from './sender.ts';
import { needed, verifyToken } from './signature.ts';

/**
 * GitLab sends the secret itself: who has seen it can make any delivery, so that nothing would be won by counting equal
 * bodies once, and a branch that is deleted and pushed again sends equal ones.
 */
export const gitlab: ForgeSender = {
  headers: ['x-gitlab-event', 'x-gitlab-event-uuid', 'x-gitlab-webhook-uuid', 'x-gitlab-instance', 'idempotency-key'],
  verify: (message, secret) => verifyToken(needed(message, 'x-gitlab-token', 'token'), secret),
  read: (message, payload) => {
    const said = objectOf(payload);
    const event = nameOf(eventOf(message, 'x-gitlab-event'), said);
    return { event, key: message.headers.get('idempotency-key'), facts: factsOf(event, said) };
  },
  isGreeting: () => false,
  changed: (event, payload) => {
    if (event !== 'push') return undefined;
    const commits = listAt(payload, 'commits');
    return changedFiles(commits, (numberAt(payload, 'total_commits_count') ?? commits.length) <= commits.length);
  },
};

/** `Merge Request Hook` is `merge_request`; a system hook says its event in the payload. */
function nameOf(header: string, payload: JsonObject): string {
  if (header === 'System Hook') return textAt(payload, 'object_kind') ?? textAt(payload, 'event_name') ?? 'system';
  const words = header.replace(/ (Hook|Event)$/, '').replace(/^Confidential /, '');
  const name = words.toLowerCase().replaceAll(/[ -]+/g, '_');
  return name === 'job' ? 'build' : name;
}

function factsOf(event: string, payload: JsonObject): Facts {
  const facts: Facts = {
    ...noFacts,
    repository: textAt(payload, 'project', 'path_with_namespace'),
    sender: textAt(payload, 'user', 'username') ?? textAt(payload, 'user_username'),
  };
  if (event === 'push' || event === 'tag_push') {
    const before = commitOf(textAt(payload, 'before'));
    const after = commitOf(textAt(payload, 'after'));
    return {
      ...facts,
      ...refFacts(textAt(payload, 'ref')),
      action: after === null ? 'deleted' : before === null ? 'created' : 'pushed',
      sha: commitOf(textAt(payload, 'checkout_sha')) ?? after,
      title: textAt(payload, 'message')?.split('\n')[0] ?? null,
      url: textAt(payload, 'project', 'web_url'),
      fork: false,
    };
  }
  // Of a branch's own pipeline it is null.
  const about = isObject(found(payload, 'merge_request')) ? 'merge_request' : 'object_attributes';
  if (event === 'merge_request' || about === 'merge_request') {
    const number = numberAt(payload, about, 'iid');
    const [from, to] = [numberAt(payload, about, 'source_project_id'), numberAt(payload, about, 'target_project_id')];
    return {
      ...facts,
      action: requestAction(event, payload),
      ref: number === null ? null : `refs/merge-requests/${number}/head`,
      branch: textAt(payload, about, 'target_branch'),
      sha: textAt(payload, about, 'last_commit', 'id') ?? textAt(payload, 'object_attributes', 'sha'),
      source_branch: textAt(payload, about, 'source_branch'),
      number,
      title: textAt(payload, about, 'title'),
      url: textAt(payload, about, 'url'),
      fork: from === null || from !== to,
    };
  }
  return { ...facts, ...otherFacts(event, payload) };
}

/** GitLab says `update` of new commits, which it then tells the one before of, and of each new label alike. */
function requestAction(event: string, payload: JsonObject): string | null {
  if (event === 'pipeline') return textAt(payload, 'object_attributes', 'status');
  const action = textAt(payload, 'object_attributes', 'action');
  const isEdit = event === 'merge_request' && action === 'update';
  return isEdit && textAt(payload, 'object_attributes', 'oldrev') === null ? 'edited' : action;
}

function otherFacts(event: string, payload: JsonObject): Partial<Facts> {
  if (event === 'release') {
    const tag = textAt(payload, 'tag');
    const title = textAt(payload, 'name');
    const about = { action: textAt(payload, 'action'), title, url: textAt(payload, 'url') };
    return { ...(tag === null ? {} : refFacts(`refs/tags/${tag}`)), ...about };
  }
  if (event === 'pipeline' || event === 'build') {
    const at = event === 'pipeline' ? ['object_attributes'] : [];
    const name = textAt(payload, ...at, 'ref');
    const isTag = found(payload, ...at, 'tag') === true;
    return {
      ...(name === null ? {} : refFacts(`refs/${isTag ? 'tags' : 'heads'}/${name}`)),
      action: textAt(payload, ...at, event === 'pipeline' ? 'status' : 'build_status'),
      sha: textAt(payload, ...at, 'sha'),
      ...(event === 'pipeline' && { fork: false }),
    };
  }
  if (event === 'deployment') {
    // Whether it names a branch or a tag is not told.
    return { action: textAt(payload, 'status'), ref: textAt(payload, 'ref'), url: textAt(payload, 'deployable_url') };
  }
  return {
    action: textAt(payload, 'object_attributes', 'action'),
    number: numberAt(payload, 'object_attributes', 'iid') ?? numberAt(payload, 'issue', 'iid'),
    title: textAt(payload, 'object_attributes', 'title') ?? textAt(payload, 'issue', 'title'),
    url: textAt(payload, 'object_attributes', 'url'),
  };
}
