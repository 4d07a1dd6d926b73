import { isObject } from '../../../core/is-object.ts';
import type { Json } from '../../../core/json.ts';
import type { Edit, Path } from './text/edit.ts';

/**
 * Expressions that name a Job or an Action by its old name, with the new one. `before`: what stands before the name, as
 * `job` or `job.current.action`.
 */
export function renameInExpressions(
  json: Json | undefined,
  path: Path,
  before: string,
  names: { from: string; to: string },
): Edit[] {
  const { from, to } = names;
  if (from === to || from === '' || to === '') return [];
  const head = before.replaceAll('.', String.raw`\s*\.\s*`);
  const named = new RegExp(
    String.raw`(?<![\w.])(${head}\s*)(?:\.\s*${escaped(from)}(?![\w-])|\[\s*(["'])${escaped(from)}\2\s*\])`,
    'g',
  );
  const written = /^[A-Za-z_]\w*$/.test(to) ? `.${to}` : `["${to}"]`;
  return textsOf(json, path).flatMap(({ path: at, text }): Edit[] => {
    const after = text.replaceAll(named, (_, start: string) => start.trimEnd() + written);
    return after === text ? [] : [{ op: 'set', path: at, value: after }];
  });
}

function textsOf(json: Json | undefined, path: Path): { path: Path; text: string }[] {
  if (typeof json === 'string') return [{ path, text: json }];
  if (Array.isArray(json)) return json.flatMap((item, index) => textsOf(item, [...path, index]));
  return isObject(json) ? Object.entries(json).flatMap(([name, value]) => textsOf(value, [...path, name])) : [];
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);
}
