import { PalvellaError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { storableJson } from '../../prisma/storable.ts';
import type { Message } from './senders/index.ts';

/** Bytes of a delivery. */
export const largestPayload = 5 * 1024 * 1024;
/** Lists and objects within one another: more than anybody means, and less than what holds a process up. */
const deepest = 200;

/** What a message says, as JSON; GitHub and Gitea also send it as the field `payload` of a form. */
export function payloadOf({ headers, body }: Message): { text: string; payload: Json } {
  const sent = decoded(body);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers.get('content-type') ?? '');
  const text = isForm ? (new URLSearchParams(sent).get('payload') ?? '') : sent;
  if (text.trim() === '') return { text: '{}', payload: {} };
  if (depthOf(text) > deepest) throw malformed(`it is nested deeper than ${deepest}`);
  try {
    return { text, payload: JSON.parse(text) as Json };
  } catch (cause) {
    throw malformed((cause as Error).message, cause);
  }
}

/** A payload that was received, as what the database and a run's history can hold. */
export function storablePayload(received: string): { text: string; payload: Json } {
  const text = storableJson(JSON.parse(received));
  return { text, payload: JSON.parse(text) as Json };
}

function decoded(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw malformed('it is no UTF-8', cause);
  }
}

function malformed(why: string, cause?: unknown): PalvellaError {
  return new PalvellaError('invalid_request', `The payload is no JSON: ${why}.`, {
    remedy: 'Send JSON with content-type: application/json, or as the field payload of a form.',
    cause,
  });
}

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) quoted = false;
    } else if (character === 0x22) quoted = true;
    else if (character === 0x5b || character === 0x7b) most = Math.max(most, (depth += 1));
    else if (character === 0x5d || character === 0x7d) depth -= 1;
  }
  return most;
}
