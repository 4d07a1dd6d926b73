import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Wait } from '../../../core/run-state.ts';
import { Waiting } from '../schedules/waiting.tsx';
import { StatusLine } from './status.tsx';
import type { Stated } from './words.ts';

const text = (page: React.ReactElement) => renderToStaticMarkup(page).replaceAll(/<[^>]*>/g, '');

test('wherever a wait is shown stands what would end it; not where a word must do', () => {
  const wait: Wait = { kind: 'jobs', names: ['build'], endsWhen: 'The Job build ends' };
  const of: Stated = { status: 'queued', reason: null, startedAt: null, endedAt: null, wait };
  expect(text(<StatusLine of={of} />)).toBe('Queued · Waits for the Job build Goes on when: The Job build ends');
  expect(text(<StatusLine of={of} short />)).toBe('Queued');
  expect(text(<Waiting wait={{ kind: 'overlap', starts: 2, endsWhen: 'They end' }} />)).toBe(
    '2 starts wait for an earlier one to end. Goes on when: They end',
  );
});
