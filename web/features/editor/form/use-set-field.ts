'use client';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { editsBetween, type Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { pathMark } from './field-props.ts';

/** Writes one field of an object of the document, or removes it where there is no value. */
export function useSetField(path: Path, object: JsonObject): (name: string, value: Json | undefined) => void {
  const { change } = useEditor();
  return (name, value) => {
    const field = [...path, name];
    change(
      value === undefined ? { op: 'remove', path: field } : editsBetween(object[name], value, field),
      pathMark(field),
    );
  };
}
