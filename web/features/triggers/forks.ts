import type { Forge } from '../../../core/language/forge-events.ts';

/** Events that may be about code of a fork, as a pull request of a stranger. */
const ofForks: Readonly<Record<Forge, readonly string[]>> = {
  github: [
    'check_run',
    'check_suite',
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
    'workflow_job',
    'workflow_run',
  ],
  gitlab: ['merge_request', 'pipeline'],
  gitea: [
    'pull_request',
    'pull_request_approved',
    'pull_request_comment',
    'pull_request_rejected',
    'workflow_job',
    'workflow_run',
  ],
};

/** These are now and then: then the payload says so. */
const sometimesOfForks: Readonly<Record<Forge, readonly string[]>> = {
  github: [],
  gitlab: ['note'],
  gitea: ['issue_comment'],
};

/** Whoever pushes has a right to. */
const pushes: readonly string[] = ['push', 'tag_push'];

/**
 * The `if` that lets nothing of a fork start anything; undefined where no event can be of one. Where an event that may be
 * of a fork does not say whether it is, it counts as one.
 */
export function forkCondition(forge: Forge, events: readonly string[]): string | undefined {
  if (!events.some((event) => [...ofForks[forge], ...sometimesOfForks[forge]].includes(event))) return undefined;
  const silent = events.filter((event) => ![...ofForks[forge], ...pushes].includes(event));
  const others = silent.map((event) => JSON.stringify(event)).join(', ');
  const isOwn = 'trigger.fork == false';
  return others === '' ? isOwn : `${isOwn} || (trigger.fork == null && trigger.event in [${others}])`;
}
