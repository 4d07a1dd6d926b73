import type { Delivery } from '../../../core/api/triggers.ts';
import type { Status } from '../../../core/status.ts';
import { isOpen } from '../status/words.ts';

const senders: Record<string, string> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  gitea: 'Gitea',
  webhook: 'a webhook',
  rest: 'REST',
  manual: 'a person',
  after: 'the end of a run',
  schedule: 'a schedule',
};

export const sources = Object.keys(senders);
/** In the address: schedules too. */
export const anySource = 'all';

/**
 * What the list asks for. Each tick of each schedule is a delivery, so that nobody would find another among them: they are
 * left out unless one asks for them, or for one Trigger.
 */
export function sourceAsked(chosen: string, trigger: string): string | undefined {
  if (chosen !== '') return chosen === anySource ? undefined : chosen;
  return trigger === '' ? sources.filter((source) => source !== 'schedule').join(',') : undefined;
}

export function senderWord(source: string): string {
  return senders[source] ?? source;
}

/** `push from GitHub`; where the event says no more than the sender, that alone. */
export function whatCame({ event, source }: Pick<Delivery, 'event' | 'source'>): string {
  return event === source || event === 'ended' ? `From ${senderWord(source)}` : `${event} from ${senderWord(source)}`;
}

/** What became of it: a shape and a word for it. */
export function decisionOf({ state, runs }: Pick<Delivery, 'state' | 'runs'>): { shape: Status; word: string } {
  if (state === 'pending') return { shape: 'queued', word: 'Received' };
  if (state === 'dropped') return { shape: 'skipped', word: 'Dropped' };
  const failed = runs.some(({ run, reason }) => run === null && reason !== null);
  return failed ? { shape: 'failed', word: 'Not started' } : { shape: 'succeeded', word: 'Recorded' };
}

/** Of which Pipelines runs are still open that it started. */
export function openPipelines({ runs }: Pick<Delivery, 'runs'>): string[] {
  return [...new Set(runs.flatMap(({ run }) => (run !== null && isOpen(run.status) ? [run.pipeline] : [])))];
}
