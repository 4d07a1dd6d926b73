'use client';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import classes from '../editor.module.css';
import { FieldGroup } from './field-group.tsx';
import { fieldKind } from './field-kind.ts';
import { type FieldProps, pathMark } from './field-props.ts';
import { TextField, YamlField } from './inputs.tsx';

/** Names that are chosen freely, each with a value. */
export function MapField(props: FieldProps & { values: JsonSchema; root: JsonSchema }) {
  const { label, description, path, value, isReadOnly, error, onChange, values, root } = props;
  const [name, setName] = useState('');
  const map: JsonObject = isObject(value) ? value : {};
  const kind = fieldKind(values, root).kind;
  const set = (key: string, next: Json | undefined) => {
    const rest = Object.fromEntries(
      Object.entries(map).flatMap(([each, old]) =>
        each !== key ? [[each, old]] : next === undefined ? [] : [[each, next]],
      ),
    ) as JsonObject;
    onChange(Object.keys(rest).length === 0 ? undefined : rest);
  };
  const add = () => {
    if (name === '' || Object.hasOwn(map, name)) return;
    onChange({ ...map, [name]: kind === 'yaml' ? null : '' });
    setName('');
  };
  return (
    <FieldGroup label={label} description={description} error={error} path={path}>
      {Object.entries(map).map(([key, each]) => {
        const field = {
          label: key,
          path: [...path, key],
          value: each,
          isRequired: false,
          error: undefined,
          isReadOnly,
          onChange: (next: Json | undefined) => set(key, next ?? ''),
        };
        return (
          <div key={key} className={classes.entry}>
            {kind === 'yaml' || (typeof each === 'object' && each !== null) ? (
              <YamlField {...field} />
            ) : (
              <TextField {...field} isLong={false} />
            )}
            {isReadOnly ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove ${key}`}
                onClick={() => set(key, undefined)}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {isReadOnly ? null : (
        <div className={classes.entry}>
          <TextInput
            size="xs"
            aria-label={`Name of another in ${label}`}
            placeholder="Name"
            value={name}
            data-path={pathMark([...path, ''])}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add();
            }}
          />
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} />}
            disabled={name === ''}
            onClick={add}
          >
            Add
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}
