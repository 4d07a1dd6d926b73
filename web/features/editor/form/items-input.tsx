'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Json } from '../../../../core/json.ts';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import classes from '../editor.module.css';
import { problemText } from '../problem-place.ts';
import { isObject } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { FieldGroup } from './field-group.tsx';
import type { HolderProps } from './field-props.ts';
import { withField } from './object-input.tsx';

/** A list of objects, as parameters are. */
export function ItemsField(props: HolderProps) {
  const { label, description, path, value, isReadOnly, error, onChange, schema, root, fields: Fields } = props;
  const { problems } = useEditor();
  const items = Array.isArray(value) ? value : [];
  const change = (next: Json[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <FieldGroup label={label} description={description} error={error} path={path}>
      {items.map((item, index) => {
        const object = isObject(item) ? item : {};
        const own = [...path, index];
        return (
          <div key={String(index)} className={classes.item}>
            <Fields
              schema={schema}
              root={root}
              values={object}
              pathOf={(name) => [...own, name]}
              errorOf={(name) => problemText(problems.found, [...own, name])}
              isReadOnly={isReadOnly}
              onChange={(name, next) => change(items.toSpliced(index, 1, withField(object, name, next)))}
            />
            {isReadOnly ? null : (
              <ActionIcon
                className={classes.itemRemove}
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove ${label} ${index + 1}`}
                onClick={() => change(items.toSpliced(index, 1))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {isReadOnly ? null : (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => change([...items, firstOf(schema)])}
        >
          Add
        </Button>
      )}
    </FieldGroup>
  );
}

/** What a new item must have, yet without its values. */
function firstOf(schema: JsonSchema): Json {
  return Object.fromEntries(
    (schema.required ?? []).map((name) => {
      const field = schema.properties?.[name] as JsonSchema | undefined;
      return [name, field?.enum?.includes('string') ? 'string' : ((field?.enum?.[0] as Json | undefined) ?? '')];
    }),
  );
}
