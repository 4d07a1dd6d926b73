import { durationMs } from '../../../core/duration.ts';
import { PalvellaError } from '../../../core/errors.ts';
import type { TriggerSpec } from '../../../core/language/schema-trigger.ts';
import { noFacts } from '../facts.ts';
import type { Sender } from './sender.ts';
import { needed, verifyHmac } from './signature.ts';

/** Any sender that signs what it sends, as a Trigger describes it. With a timestamp that is signed before the body and a dot. */
export function webhookSender(spec: NonNullable<TriggerSpec['webhook']>, now: () => number = Date.now): Sender {
  const { header, timestamp, delivery_id: id } = spec;
  return {
    headers: [...(id === undefined ? [] : [id]), ...(timestamp === undefined ? [] : [timestamp.header])],
    verify: (message, secret) => {
      const signature = needed(message, header, 'signature');
      if (timestamp === undefined) return verifyHmac(signature, secret, message.body);
      const time = needed(message, timestamp.header, 'time');
      verifyHmac(signature, secret, `${time}.`, message.body);
      checkTime(time, durationMs(timestamp.tolerance) ?? 0, now());
    },
    read: (message) => ({
      event: 'webhook',
      key: id === undefined ? undefined : message.headers.get(id),
      facts: noFacts,
    }),
    signed: (message) =>
      timestamp === undefined ? [message.body] : [`${message.headers.get(timestamp.header)}.`, message.body],
  };
}

function checkTime(time: string, toleranceMs: number, now: number): void {
  const isFar = !/^\d{1,12}$/.test(time) || Math.abs(Number(time) * 1000 - now) > toleranceMs;
  if (!isFar) return;
  throw new PalvellaError('unauthenticated', 'It was signed too long ago, or for a time that is yet to come.', {
    remedy: 'Send the time in seconds since 1970, and see that both clocks are right.',
  });
}
