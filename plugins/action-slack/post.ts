import type { ActionContext } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { problemOf, type SlackAnswer } from './answer.ts';

export interface SlackMessage {
  channel: string;
  message: string;
  token?: string | undefined;
  url?: string | undefined;
}

/** `again` is after how many seconds Slack takes more, where it has had too many. */
export type Posted = { sent: true } | { sent: false; reason: string; again?: number };

type Asks = Pick<ActionContext, 'fetch' | 'setting'> & { signal?: AbortSignal };

const usualApi = 'https://slack.com/api/';

/** One try: with a token by `chat.postMessage`, else through an incoming webhook. */
export async function postToSlack(context: Asks, { channel, message, ...own }: SlackMessage): Promise<Posted> {
  const by = addressOf(own, context.setting);
  const answer = await context.fetch(by.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...by.headers },
    body: JSON.stringify({ channel, text: message }),
    // A redirected POST would lose its body.
    redirect: 'error',
    ...(context.signal && { signal: context.signal }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    const reason = `Slack answered ${answer.status}: ${text.slice(0, 200)}`;
    return {
      sent: false,
      reason,
      ...(answer.status === 429 && { again: secondsOf(answer.headers.get('retry-after')) }),
    };
  }
  // A webhook says what is wrong by its status alone.
  const problem = by.isApi ? problemOf(parsed(text), channel) : undefined;
  return problem === undefined ? { sent: true } : { sent: false, reason: problem };
}

/** What the Action names goes before the settings; of those the token, since a webhook cannot choose the channel. */
function addressOf(
  { token, url }: Pick<SlackMessage, 'token' | 'url'>,
  setting: ActionContext['setting'],
): { url: string; headers?: Record<string, string>; isApi: boolean } {
  const bot = token ?? (url === undefined ? setting('slack_token') : undefined);
  if (bot !== undefined) {
    const api = (setting('slack_api_url') ?? usualApi).replace(/\/*$/, '/');
    return { url: `${api}chat.postMessage`, headers: { authorization: `Bearer ${asToken(bot)}` }, isApi: true };
  }
  const hook = url ?? setting('slack_url');
  if (hook !== undefined) return { url: hook, isApi: false };
  throw new PalvellaError('invalid_request', 'there is no Slack token or address', {
    remedy:
      'Give token or url in the Action, or PALVELLA_SLACK_TOKEN or PALVELLA_SLACK_URL to the Worker; for messages of the server itself, to palvella start.',
  });
}

/** As a file has it, with an end of line; `fetch` would repeat a header that cannot be sent, and so the secret. */
function asToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new PalvellaError('invalid_request', 'the Slack token is not one', {
    remedy: 'Give the bot token of a Slack app, as xoxb-….',
  });
}

function secondsOf(header: string | null): number {
  const seconds = Number(header ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 1;
}

function parsed(text: string): SlackAnswer | undefined {
  try {
    return JSON.parse(text) as SlackAnswer;
  } catch {
    return undefined;
  }
}
