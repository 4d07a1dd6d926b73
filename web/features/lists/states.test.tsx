import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ApiError } from '../api/error.ts';
import { QuietFailure } from './states.tsx';

function drawn(data: unknown, error: unknown): string {
  const read = { data, error, refetch: () => undefined };
  const page = renderToStaticMarkup(
    <MantineProvider>
      <QuietFailure read={read} what="Names" />
    </MantineProvider>,
  );
  return page.replaceAll(/<style.*?<\/style>|<[^>]*>/gs, '').trim();
}

test('a read beside the page’s own says that it failed, and why', () => {
  expect(drawn(undefined, new ApiError(500, 'It broke.'))).toBe('Names could not be read. It broke. Try again');
  expect(drawn(undefined, new ApiError(0, 'The server could not be reached'))).toContain('could not be reached');
});

test('it says nothing while it is on its way, or of a refresh that failed', () => {
  expect(drawn(undefined, null)).toBe('');
  expect(drawn([], new ApiError(500, 'It broke.'))).toBe('');
});
