import type { Pool } from 'pg';
import type { NotificationEvent, NotificationItem } from '../../core/api/notifications.ts';
import { shownParameters } from '../../core/hidden-parameters.ts';
import type { JsonObject } from '../../core/json.ts';
import { runUrl } from '../../core/run-url.ts';
import { notify } from '../events/notify.ts';
import { mailText, slackText, subjectOf, type Text, type Told } from './text.ts';
import { toOf } from './to.ts';

/** What is sent, ready. */
export type Message =
  | { by: 'slack'; channel: string; message: string }
  | { by: 'email'; to: string[]; subject: string; text: string };

/** Thrown by what sends: the message was not taken, and will not be before so many seconds. */
export class TooMany extends Error {
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}

export interface Notifications {
  list(runId: string): Promise<NotificationItem[]>;
  /**
   * Sends what is due, each at least once: a crash between the sending and the note of it sends it again. How many it
   * tried. `send` throws what went wrong, which is then tried again ever more slowly.
   */
  sendDue(send: (message: Message) => Promise<void>): Promise<number>;
}

interface Target {
  slack?: { channel: string; message?: Text };
  email?: { to: string | string[]; subject?: Text; text?: Text };
}

interface DueRow {
  id: string;
  event: NotificationEvent;
  target: Target;
  detail: Told['detail'];
  attempts: number;
  isOver: boolean;
  pipeline: string;
  number: number;
  status: string;
  reason: string | null;
  startedBy: string;
  seconds: number | null;
  parameters: JsonObject;
  secretParameters: string[];
}

const mostAtOnce = 20;
/** How long one that somebody has begun to send is left to them. */
const leaseSeconds = 90;
/** Tries, 5 s apart at first, in the end 6 h: given up after a day and a half. */
const mostAttempts = 18;
const firstPauseSeconds = 5;
const longestPauseSeconds = 6 * 3600;

export function createNotifications({ pool, url }: { pool: Pool; url: string }): Notifications {
  async function takeDue(): Promise<DueRow[]> {
    const { rows } = await pool.query<DueRow>(
      `with due as (
         select id from notifications where state = 'waiting' and "dueAt" <= now()
         order by "dueAt" limit $1 for update skip locked
       ), taken as (
         update notifications n set attempts = attempts + 1, "dueAt" = now() + make_interval(secs => $2)
         from due where n.id = due.id returning n.*
       )
       select t.id, t.event, t.target, t.detail, t.attempts, coalesce(a.state <> 'pending', false) as "isOver",
         r.pipeline, r.number, r.status, r.reason, r."startedBy", r.parameters, r."secretParameters",
         round(extract(epoch from r."endedAt" - r."startedAt"))::int as seconds
       from taken t join runs r on r.id = t."runId" left join approvals a on a.id = t."approvalId"`,
      [mostAtOnce, leaseSeconds],
    );
    return rows;
  }

  async function settle(row: DueRow, send: (message: Message) => Promise<void>): Promise<void> {
    if (row.isOver) return await note(row, 'dropped', null, 0);
    try {
      await send(messageOf(row, url));
      await note(row, 'sent', null, 0);
    } catch (error) {
      const asked = error instanceof TooMany ? error.seconds : 0;
      const pause = Math.min(Math.max(firstPauseSeconds * 2 ** (row.attempts - 1), asked), longestPauseSeconds);
      const message = error instanceof Error ? error.message : String(error);
      await note(row, row.attempts < mostAttempts ? 'waiting' : 'failed', message.slice(0, 1000), pause);
    }
  }

  async function note({ id }: DueRow, state: string, error: string | null, pauseSeconds: number): Promise<void> {
    await pool.query(
      `update notifications set state = $2, error = $3, "dueAt" = now() + make_interval(secs => $4),
         "sentAt" = case when $2 = 'sent' then now() end where id = $1`,
      [id, state, error, pauseSeconds],
    );
  }

  return {
    async sendDue(send) {
      const due = await takeDue();
      await Promise.all(due.map((row) => settle(row, send)));
      if (due.length > 0) await notify(pool, { kind: 'approvals' });
      return due.length;
    },
    async list(runId) {
      const { rows } = await pool.query<ListRow>(
        `select id, event, target, state, attempts, error, "dueAt", "createdAt", "sentAt" from notifications
         where "runId" = $1 order by id limit 1000`,
        [runId],
      );
      return rows.map(itemOf);
    },
  };
}

function messageOf(row: DueRow, base: string): Message {
  const { target, secretParameters, ...about } = row;
  const told: Told = {
    ...about,
    url: runUrl(base, row),
    parameters: shownParameters(row.parameters, secretParameters),
  };
  const { slack, email } = target;
  if (slack !== undefined) return { by: 'slack', channel: slack.channel, message: slackText(told, slack.message) };
  return {
    by: 'email',
    to: [email?.to ?? []].flat(),
    subject: subjectOf(told, email?.subject),
    text: mailText(told, email?.text),
  };
}

interface ListRow extends Pick<NotificationItem, 'id' | 'event' | 'state' | 'attempts' | 'error'> {
  target: Target;
  dueAt: Date;
  createdAt: Date;
  sentAt: Date | null;
}

function itemOf({ target, dueAt, createdAt, sentAt, ...row }: ListRow): NotificationItem {
  return {
    ...row,
    by: target.slack === undefined ? 'email' : 'slack',
    to: toOf(target).join(', '),
    dueAt: dueAt.toISOString(),
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  };
}
