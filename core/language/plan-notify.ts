import type { NotifyPlan, Param, Value } from '../plan.ts';
import { typesOf } from './plan-args.ts';
import { at, noNames, type Place, type Planning } from './planning.ts';
import type { NotifyRule } from './schema-notify.ts';
import { planValue } from './values.ts';

export function tellsOfWaiting(rules: readonly NotifyRule[] = []): boolean {
  return rules.some(({ on }) => on?.includes('waiting') === true);
}

/** The messages of a Pipeline's `notify`, which are computed when something has happened. */
export function planNotify(
  planning: Planning,
  rules: readonly NotifyRule[] | undefined,
  place: Place,
  params: readonly Param[],
): { notify?: NotifyPlan[] } {
  if (rules === undefined) return {};
  const names = { ...noNames, parameters: typesOf(params), run: true };
  const credentials = 'a message is not sent by a Worker, so it cannot hold a Credential';
  const text = (message: string | undefined, where: Place): Value | undefined =>
    message === undefined ? undefined : planValue(planning, message, where, { names, credentials });
  const notify = rules.map(({ on = ['failed', 'fixed'], slack, email }, index): NotifyPlan => {
    const of = (channel: string, field: string) => at(place, index, channel, field);
    return {
      on,
      ...(slack && { slack: { channel: slack.channel, message: text(slack.message, of('slack', 'message')) } }),
      ...(email && {
        email: {
          to: [email.to].flat(),
          subject: text(email.subject, of('email', 'subject')),
          text: text(email.text, of('email', 'text')),
        },
      }),
    };
  });
  return { notify };
}
