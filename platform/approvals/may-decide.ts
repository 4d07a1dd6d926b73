import type { Identity } from '../../core/permissions.ts';
import { namesOf } from '../../core/same-person.ts';
import type { ApprovalRow } from './rows.ts';

type Asked = Pick<ApprovalRow, 'roles' | 'notByRequester' | 'requesters'>;

/** Why this identity may not decide; undefined where it may. */
export function refusalOf({ roles, notByRequester, requesters }: Asked, by: Identity): string | undefined {
  const isAsked =
    roles.length === 0 || by.roles.includes('administrator') || roles.some((role) => by.roles.includes(role));
  if (!isAsked) return `Only ${roles.join(' or ')} may decide this.`;
  if (notByRequester && namesOf(by.name).some((name) => requesters.includes(name)))
    return 'Whoever started the run may not decide this.';
  return undefined;
}
