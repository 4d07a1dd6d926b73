'use client';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { problemText } from '../problem-place.ts';
import { useEditor } from '../use-editor.ts';
import { FieldGroup } from './field-group.tsx';
import type { HolderProps } from './field-props.ts';

/** An object with fields of its own. */
export function ObjectField(props: HolderProps) {
  const { label, description, path, value, isReadOnly, error, onChange, schema, root, fields: Fields } = props;
  const { problems } = useEditor();
  const object = isObject(value) ? value : {};
  return (
    <FieldGroup label={label} description={description} error={error} path={path}>
      <Fields
        schema={schema}
        root={root}
        values={object}
        pathOf={(name) => [...path, name]}
        errorOf={(name) => problemText(problems.found, [...path, name])}
        isReadOnly={isReadOnly}
        onChange={(name, next) => onChange(withField(object, name, next))}
      />
    </FieldGroup>
  );
}

export function withField(object: Record<string, Json>, name: string, value: Json | undefined): Record<string, Json> {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _, ...rest } = object;
  return rest;
}
