import type { JsonObject } from '../../../core/json.ts';
import { changedFiles, type Facts, found, listAt, noFacts, numberAt, refFacts, textAt } from '../facts.ts';
import { eventOf, objectOf, pullRequestFacts, pushFacts } from './github.ts';
import type { ForgeSender } from './sender.ts';
import { needed, verifyHmac } from './signature.ts';

/** Forgejo too, which sends the same headers. */
export const gitea: ForgeSender = {
  headers: ['x-gitea-event', 'x-gitea-event-type', 'x-gitea-delivery'],
  signed: ({ body }) => [body],
  verify: (message, secret) => verifyHmac(needed(message, 'x-gitea-signature', 'signature'), secret, message.body),
  read: (message, payload) => {
    // As GitHub cuts it: that commits were pushed to a pull request is its action, and not an event.
    const event = eventOf(message, 'x-gitea-event');
    return { event, key: message.headers.get('x-gitea-delivery'), facts: factsOf(event, objectOf(payload)) };
  },
  isGreeting: () => false,
  changed: (event, payload) => {
    if (event !== 'push') return undefined;
    const commits = listAt(payload, 'commits');
    return changedFiles(commits, (numberAt(payload, 'total_commits') ?? commits.length) <= commits.length);
  },
};

function factsOf(event: string, payload: JsonObject): Facts {
  const facts: Facts = {
    ...noFacts,
    action: textAt(payload, 'action'),
    repository: textAt(payload, 'repository', 'full_name'),
    sender: textAt(payload, 'sender', 'login') ?? textAt(payload, 'sender', 'username'),
  };
  if (event === 'push') return { ...facts, ...pushFacts(payload) };
  if (found(payload, 'pull_request') !== undefined) return { ...facts, ...pullRequestFacts(payload) };
  const name = textAt(payload, 'ref');
  if ((event === 'create' || event === 'delete') && name !== null) {
    const kind = textAt(payload, 'ref_type') === 'tag' ? 'tags' : 'heads';
    return { ...facts, ...refFacts(`refs/${kind}/${name}`), sha: textAt(payload, 'sha') };
  }
  const tag = textAt(payload, 'release', 'tag_name');
  return {
    ...facts,
    ...(tag === null ? {} : refFacts(`refs/tags/${tag}`)),
    number: numberAt(payload, 'issue', 'number'),
    title: textAt(payload, 'issue', 'title') ?? textAt(payload, 'release', 'name'),
    url: textAt(payload, 'issue', 'html_url') ?? textAt(payload, 'release', 'html_url'),
  };
}
