import type { NotificationEvent } from '../../core/api/notifications.ts';
import { evaluateValue, type Scope } from '../../core/expressions/index.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Value } from '../../core/plan.ts';
import { sentence } from '../../core/sentence.ts';

/** What a message is about. */
export interface Told {
  event: NotificationEvent;
  pipeline: string;
  number: number;
  status: string;
  reason: string | null;
  startedBy: string;
  /** From its start to its end. */
  seconds: number | null;
  url: string;
  /** Without the values of secret ones. */
  parameters: JsonObject;
  detail: { prompt?: string; roles?: string[] };
}

/** A text of the file, computed (of an Action), or yet to be (of a Pipeline); undefined: the usual one. */
export type Text = Value | string | undefined;

const says: Record<NotificationEvent, string> = {
  failed: 'has failed',
  fixed: 'is fixed',
  succeeded: 'has succeeded',
  stopped: 'was stopped',
  waiting: 'waits for approval',
  reminder: 'still waits for approval',
  escalated: 'has waited long for approval',
};

export function subjectOf(told: Told, text: Text): string {
  const usual = `${told.pipeline} #${told.number} ${says[told.event]}`;
  // A header is one line.
  return (text === undefined ? usual : computed(text, told, (part) => part)).replaceAll(/\s+/g, ' ').slice(0, 300);
}

export function mailText(told: Told, text: Text): string {
  if (text !== undefined)
    return withLink(
      computed(text, told, (part) => part),
      told.url,
      told.url,
    );
  const lines = [`${subjectOf(told, undefined)}.`, '', ...moreOf(told), told.url];
  return `${lines.join('\n')}\n`;
}

/** In Slack's own markup: what is not of the file's author cannot make a link or call people. */
export function slackText(told: Told, text: Text): string {
  const name = `${told.pipeline} #${told.number}`;
  const link = `<${escaped(told.url)}|${escaped(name)}>`;
  if (text !== undefined) return withLink(computed(text, told, escaped), told.url, link);
  return [`${link} ${says[told.event]}`, ...moreOf(told).map(escaped)].join('\n').trimEnd();
}

function moreOf({ event, reason, startedBy, detail }: Told): string[] {
  if (detail.prompt !== undefined) {
    return [detail.prompt, ...(detail.roles === undefined ? [] : [`Asked of ${detail.roles.join(' or ')}.`])];
  }
  const isBad = event === 'failed' || event === 'stopped';
  return [...(isBad && reason !== null ? [sentence(reason)] : []), `Started by ${startedBy}.`];
}

function withLink(text: string, url: string, link: string): string {
  return text.includes(url) ? text : `${text}\n${link}`;
}

/** What was written in place stays as it is; what expressions gave passes `treat`. */
function computed(text: Value | string, told: Told, treat: (part: string) => string): string {
  if (typeof text === 'string') return treat(text);
  const scope = scopeOf(told);
  const parts = 'template' in text ? text.template : [text];
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { value } = evaluateValue(part, scope);
      return 'literal' in part && typeof value === 'string' ? value : treat(shown(value));
    })
    .join('');
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function scopeOf(told: Told): Scope {
  const { event, pipeline, number, status, reason, startedBy, seconds, url, parameters, detail } = told;
  const run = { event, pipeline, number, status, started_by: startedBy, seconds, url, reason: detail.prompt ?? reason };
  return { parameters, params: {}, actions: {}, jobs: {}, trigger: {}, run };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
