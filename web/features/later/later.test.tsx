import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { later } from './later.tsx';

test('the server draws what stands in for it, and reads nothing', () => {
  const Part = later(
    () => Promise.reject(new Error('it was read')),
    () => <i>soon</i>,
  );
  expect(renderToString(<Part />)).toBe('<i>soon</i>');
});
