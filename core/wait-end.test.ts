import { expect, test } from 'vitest';
import type { Wait, WaitHolder } from './run-state.ts';
import { waitEnd } from './wait-end.ts';

const since = '2026-01-01T00:00:00.000Z';
const holder = (number: number, job: string | null = null): WaitHolder => ({ pipeline: 'p', number, job, since });
const lock = (position: number, ...holders: WaitHolder[]): Wait => ({
  kind: 'lock',
  names: ['x'],
  position,
  holders,
});

test.each<[Wait, string]>([
  [
    { kind: 'approval', approvalId: 'a', roles: ['owner', 'admin'], expiresAt: since },
    'Somebody of the role owner or admin approves or rejects; at 2026-01-01T00:00:00Z it counts as rejected',
  ],
  [{ kind: 'timer', until: since }, 'It is 2026-01-01T00:00:00Z'],
  [{ kind: 'paused' }, 'Somebody has the server go on'],
  [lock(1), 'Its turn comes in a moment'],
  [lock(1, holder(3)), 'p #3 ends'],
  [lock(1, holder(3), holder(4, 'a')), 'p #3, p #4 › a end'],
  [lock(1, { ...holder(3), stopping: true }), 'p #3 (being stopped) ends'],
  [lock(2, holder(3)), 'p #3 ends, then the one in front of it'],
  [lock(4, holder(3)), 'p #3 ends, then the 3 in front of it'],
  [lock(2), 'The one in front of it has had its turn'],
  [lock(3), 'The 2 in front of it have had their turn'],
])('%j ends so', (wait, text) => {
  expect(waitEnd(wait)).toBe(text);
});
