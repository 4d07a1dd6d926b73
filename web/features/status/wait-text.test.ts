import { expect, test } from 'vitest';
import type { Wait } from '../../../core/run-state.ts';
import { waitText } from './wait-text.ts';

const now = Date.parse('2026-03-01T10:00:12.000Z');

test.each<[Wait, string]>([
  [{ kind: 'approval', approvalId: 'a', roles: [] }, 'Waits for approval'],
  [{ kind: 'approval', approvalId: 'a', roles: ['a', 'b', 'c'] }, 'Waits for approval by a, b or c'],
  [{ kind: 'timer', until: '2026-03-01T10:02:12.000Z' }, 'Waits 2 min more'],
  [{ kind: 'retry', until: '2026-03-01T10:00:30.000Z', attempt: 2 }, 'Tries again in 18 s, try 2'],
  [{ kind: 'worker', engine: 'docker', requires: {} }, 'Waits for a Worker with engine docker'],
  [
    { kind: 'worker', engine: 'local', requires: { gpu: 'yes' } },
    'Waits for a Worker with engine local and label gpu=yes',
  ],
  [
    {
      kind: 'worker',
      engine: 'local',
      requires: { gpu: 'yes' },
      search: { found: 'none', unmet: ['gpu'], text: 'No Worker has the label gpu=yes; 1 Worker serves local' },
    },
    'Waits for a Worker: No Worker has the label gpu=yes; 1 Worker serves local',
  ],
  [{ kind: 'window', position: 3 }, 'Waits in line, position 3'],
])('wait %j', (wait, text) => {
  expect(waitText(wait, now)).toBe(text);
});
