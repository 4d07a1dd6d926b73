import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ProblemList } from './problem-list.tsx';
import { type Editor, EditorProvider } from './use-editor.ts';
import type { Problems } from './use-problems.ts';

const found = [{ file: '', line: 1, column: 1, path: 'jobs', message: 'jobs is missing.' }];
const failure = 'The server cannot be reached.';

test.each<[Omit<Problems, 'of'>, string]>([
  [{ found: [], checked: 'not yet' }, 'Checking…'],
  [{ found: [], checked: 'yes' }, 'No problems'],
  [{ found: [], checked: { failure } }, 'Not checked: The server cannot be reached.'],
  [{ found, checked: 'not yet' }, '1 problem'],
  [{ found, checked: { failure } }, '1 problem; the rest is not checked: The server cannot be reached.'],
])('of %j it says %s', (problems, text) => {
  const editor = { problems, refusal: null, isBroken: false } as unknown as Editor;
  const drawn = renderToStaticMarkup(
    <EditorProvider value={editor}>
      <ProblemList />
    </EditorProvider>,
  );
  expect(drawn).toContain(`</svg>${text}</p>`);
});
