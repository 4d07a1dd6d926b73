import type { Decision } from '../../core/decide-holds.ts';
import { listed } from '../../core/nearest.ts';

interface Reason {
  id: number;
  reason: string;
}

/** Why each gets nothing, or is to end, in words that name who stood in its way or takes its place. */
export async function reasonsOf(
  { ended, stopped }: Pick<Decision, 'ended' | 'stopped'>,
  named: (ids: readonly number[]) => Promise<Map<number, string>>,
): Promise<{ ended: Reason[]; stopped: Reason[] }> {
  if (ended.length + stopped.length === 0) return { ended: [], stopped: [] };
  const names = await named([...ended, ...stopped].flatMap(({ by }) => by));
  const nameOf = (id: number) => names.get(id) ?? 'a run that has ended since';
  return {
    ended: ended.map((one) => ({ id: one.id, reason: reasonOf(one, one.by.map(nameOf)) })),
    stopped: stopped.map(({ id, group, by }) => ({
      id,
      reason: `It was stopped: its place in the group ${group} goes to ${nameOf(by)}, which is newer.`,
    })),
  };
}

function reasonOf(ended: Decision['ended'][number], others: readonly string[]): string {
  const by = listed(others);
  const isOne = others.length === 1;
  if (ended.why === 'deadlock') {
    const { kind, name } = ended.want;
    const has = isOne ? `${by} has the ${kind} ${name} and waits` : `${by} have the ${kind} ${name} and wait`;
    return `It would wait for ever: ${has} in turn for what this run has. Name all that is needed together in one place.`;
  }
  return ended.why === 'replaced'
    ? `Its place in the group ${ended.group} was taken by ${by}, which is newer.`
    : `The group ${ended.group} is full, and it does not wait: ${by} ${isOne ? 'is' : 'are'} in it.`;
}
