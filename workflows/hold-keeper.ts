import { condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { decide } from '../core/decide-holds.ts';
import type { Hold } from '../core/holds.ts';
import { control } from './activities.ts';
import { holdsChangedSignal } from './messages.ts';

interface KeeperInput {
  /** What one history hands to the next. Absent at the first, which reads what is known. */
  carried?: { holds: Hold[]; changed: number[]; last: number };
}

/** A history of the keeper has about so many events, and is read again in milliseconds. */
const mostEvents = 1_000;
/** So long it stays when nobody has or wants anything. */
const idleMs = 60_000;

/**
 * Keeps who has which locks and places in groups, of the whole server: one workflow, so that several are given at once
 * or not at all. What was asked and given back it reads by ids that signals bring; what it decides is first written, then told.
 */
export async function holdKeeper({ carried }: KeeperInput = {}): Promise<void> {
  const changed = new Set(carried?.changed);
  setHandler(holdsChangedSignal, (ids) => {
    for (const id of ids) changed.add(id);
  });
  const first = carried?.holds ?? (await control.readHolds([], 0));
  const holds = new Map(first.map((hold) => [hold.id, hold]));
  let last = Math.max(carried?.last ?? 0, ...holds.keys());
  for (;;) {
    await settle(holds);
    if (workflowInfo().historyLength > mostEvents) {
      await continueAsNew<typeof holdKeeper>({ carried: { holds: [...holds.values()], changed: [...changed], last } });
    }
    const wake = () => changed.size > 0;
    if (holds.size > 0) await condition(wake);
    else if (!(await condition(wake, idleMs))) return;
    const ids = [...changed];
    changed.clear();
    // Who was started before the one that asks may be on its way to ask.
    const read = await control.readHolds(ids, last);
    for (const id of ids) holds.delete(id);
    for (const hold of read) {
      holds.set(hold.id, hold);
      last = Math.max(last, hold.id);
    }
  }
}

async function settle(holds: Map<number, Hold>): Promise<void> {
  const decision = decide(holds.values());
  const { granted, ended, stopped } = decision;
  if (granted.length + ended.length + stopped.length === 0) return;
  await control.settleHolds(decision);
  for (const id of granted) holds.set(id, { ...(holds.get(id) as Hold), granted: true });
  for (const { id } of stopped) holds.set(id, { ...(holds.get(id) as Hold), stopping: true });
  for (const { id } of ended) holds.delete(id);
}
