import type { Decision } from '../../core/decide-holds.ts';
import { listed } from '../../core/nearest.ts';

/** Why each gets nothing, in words that name who stood in its way. */
export async function reasonsOf(
  { ended }: Decision,
  named: (ids: readonly number[]) => Promise<Map<number, string>>,
): Promise<{ id: number; reason: string }[]> {
  if (ended.length === 0) return [];
  const names = await named(ended.flatMap(({ by }) => by));
  return ended.map((one) => ({
    id: one.id,
    reason: reasonOf(
      one,
      one.by.map((id) => names.get(id) ?? 'a run that has ended since'),
    ),
  }));
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
