import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { statuses } from '../../../core/status.ts';
import { StatusShape } from './shape.tsx';

test('each status has a shape that no other has, whatever its colour', () => {
  const drawn = statuses.map((status) =>
    renderToStaticMarkup(<StatusShape status={status} />).replaceAll(/ (data-status|class)="[^"]*"/g, ''),
  );
  expect(new Set(drawn).size).toBe(statuses.length);
});

test('a shape alone says its status to who cannot see it', () => {
  const named = renderToStaticMarkup(<StatusShape status="failed" label="#3 failed" />);
  expect(named).toContain('role="img"');
  expect(named).toContain('aria-label="#3 failed"');
  expect(renderToStaticMarkup(<StatusShape status="failed" />)).toContain('aria-hidden="true"');
});
