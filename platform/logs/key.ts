import type { ActionKey } from '../../core/keys.ts';
import { isUuid } from '../../prisma/uuid7.ts';

const form = /^([^/]+)\/(.+)#(\d{1,9})\/([^/#]+)#(\d{1,9})$/;

/** What `actionKeyText` made; undefined for any other text. */
export function parseActionKey(text: string): ActionKey | undefined {
  const [, runId = '', jobPath = '', jobAttempt, action = '', attempt] = form.exec(text) ?? [];
  if (!isUuid(runId) || text.length > 4000) return undefined;
  return { runId, jobPath, jobAttempt: Number(jobAttempt), action, attempt: Number(attempt) };
}
