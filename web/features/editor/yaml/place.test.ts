import { describe, expect, test } from 'vitest';
import { builtInCatalogue, languageJsonSchema } from '../../../../core/language/index.ts';
import { typingPlace } from './place.ts';
import { namesAt, schemasAt, valuesAt } from './schema-at.ts';

const root = languageJsonSchema(builtInCatalogue);

/** What is offered at `|`. */
function offered(marked: string): string[] {
  const offset = marked.indexOf('|');
  const place = typingPlace(marked.replace('|', ''), offset);
  if (place === undefined) return [];
  const { path, of, taken } = place;
  if (of.what === 'name') return namesAt(schemasAt(root, 'Pipeline', path), taken).map(({ label }) => label);
  const own = schemasAt(root, 'Pipeline', [...path, of.field]);
  return valuesAt(own).map(({ label }) => label);
}

describe('what may stand at a place of the text', () => {
  test('fields of the document, those left out that it has', () => {
    expect(offered('name: a\npar|\njobs:\n')).toEqual(expect.arrayContaining(['parameters', 'timeout']));
    expect(offered('name: a\npar|\njobs:\n')).not.toContain('jobs');
  });

  test('fields of a Job, on the line of its dash and below', () => {
    expect(offered('jobs:\n  - na|')).toEqual(expect.arrayContaining(['name', 'requires', 'image']));
    expect(offered('jobs:\n  - name: a\n    |')).toEqual(expect.arrayContaining(['requires', 'image']));
    expect(offered('jobs:\n  - name: a\n    |\n    image: x\n  - name: b\n')).not.toContain('image');
    expect(offered('jobs:\n- name: a\n  |')).toContain('requires');
  });

  test('types and fields of an Action', () => {
    const action = 'jobs:\n  - name: a\n    actions:\n      - name: b\n        ';
    expect(offered(`${action}|`)).toEqual(expect.arrayContaining(['slack', 'match', 'on_failure']));
    expect(offered(`${action}slack:\n          |`)).toEqual(['channel', 'message', 'token', 'url']);
    expect(offered(`${action}|`)).not.toContain('name');
  });

  test('values that are known', () => {
    expect(offered('jobs:\n  - name: a\n    when: |')).toEqual(['success', 'failure', 'always']);
    expect(offered('sequence: t|')).toEqual(['true', 'false']);
    expect(offered('jobs:\n  - actions:\n      - run: x\n        on_success: |')).toContain('end failure');
  });

  test('nothing in a comment', () => {
    expect(offered('# na|')).toEqual([]);
  });
});
