import type { Decision } from '../../core/holds.ts';
import { listed } from '../../core/nearest.ts';

/** Why each gets nothing, in words that name who stood in its way. */
export async function reasonsOf(
  { ended }: Decision,
  named: (ids: readonly number[]) => Promise<Map<number, string>>,
): Promise<{ id: number; reason: string }[]> {
  if (ended.length === 0) return [];
  const names = await named(ended.flatMap(({ by }) => by));
  return ended.map(({ id, why, group, by }) => {
    const others = by.map((one) => names.get(one) ?? 'a run that has ended since');
    return {
      id,
      reason:
        why === 'replaced'
          ? `Its place in the group ${group} was taken by ${listed(others)}, which is newer.`
          : `The group ${group} is full, and it does not wait: ${listed(others)} ${by.length === 1 ? 'is' : 'are'} in it.`,
    };
  });
}
