import { z } from 'zod';
import { durationMs } from '../../core/duration.ts';
import type { JsonObject } from '../../core/json.ts';
import { sentence } from '../../core/language/document.ts';
import { manifest } from '../../plugins/action-approval/manifest.ts';

/** What an approval Action says beside who is asked what, as it was computed. */
const Written = manifest.input
  .pick({ not_by_requester: true, shows: true, fields: true, notify: true, remind: true, escalate: true })
  .strip();

type WrittenTerms = z.infer<typeof Written>;

export interface Terms extends Pick<WrittenTerms, 'fields' | 'notify'> {
  notByRequester: boolean;
  shows: string[];
  remindEveryMs: number | undefined;
  escalation: (Pick<NonNullable<WrittenTerms['escalate']>, 'roles' | 'notify'> & { afterMs: number }) | undefined;
}

/** What expressions came to was checked by nobody before; a text says what is wrong with it. */
export function readTerms(computed: JsonObject): Terms | string {
  const read = Written.safeParse(computed);
  if (!read.success) {
    return read.error.issues
      .map(({ path, message }) => `${['approval', ...path].map(String).join('.')}: ${sentence(message)}`)
      .join(' ');
  }
  const { not_by_requester = false, shows = [], fields, notify, remind, escalate } = read.data;
  return {
    notByRequester: not_by_requester,
    shows,
    fields,
    notify,
    remindEveryMs: remind === undefined ? undefined : durationMs(remind),
    escalation:
      escalate === undefined
        ? undefined
        : { afterMs: durationMs(escalate.after) ?? 0, roles: escalate.roles, notify: escalate.notify },
  };
}
