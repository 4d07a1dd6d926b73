import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Firings } from './firings.tsx';

test('a start that Temporal counts already and that is not listed yet is not denied', () => {
  expect(renderToStaticMarkup(<Firings firings={[]} started={0} />)).toContain('It has started nothing yet');
  expect(renderToStaticMarkup(<Firings firings={[]} started={1} />)).not.toContain('nothing');
});
