'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import classes from '../editor.module.css';
import { isWithin, problemText, stepsOf } from '../problem-place.ts';
import { useEditor } from '../use-editor.ts';
import { FieldGroup } from './field-group.tsx';
import type { HolderProps } from './field-props.ts';
import { withField } from './object-input.tsx';

/** A list of objects, as parameters are: each in one line, one of them open. */
export function ItemsField(props: HolderProps) {
  const { label, description, path, value, isReadOnly, error, onChange, schema, root, fields: Fields } = props;
  const { problems } = useEditor();
  const [open, setOpen] = useState<number | null>(null);
  const items = Array.isArray(value) ? value : [];
  const change = (next: Json[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <FieldGroup label={label} description={description} error={error} path={path}>
      {items.map((item, index) => {
        const object = isObject(item) ? item : {};
        const own = [...path, index];
        const isFaulty = problems.found.some((problem) => isWithin(stepsOf(problem.path), own));
        const isOpen = open === index || isFaulty;
        const Chevron = isOpen ? IconChevronDown : IconChevronRight;
        const title = typeof object['name'] === 'string' && object['name'] !== '' ? object['name'] : `${index + 1}`;
        return (
          <div key={String(index)} className={classes.item}>
            <div className={classes.rowHead}>
              <button
                type="button"
                className={classes.rowButton}
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? null : index)}
              >
                <Chevron size={14} aria-hidden />
                <span className={classes.rowTitle}>{title}</span>
                <span className={classes.rowSummary}>{summaryOf(object)}</span>
              </button>
              {isReadOnly ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={`Remove ${title} of ${label}`}
                  onClick={() => change(items.toSpliced(index, 1))}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </div>
            {isOpen ? (
              <div className={classes.itemBody}>
                <Fields
                  schema={schema}
                  root={root}
                  values={object}
                  pathOf={(name) => [...own, name]}
                  errorOf={(name) => problemText(problems.found, [...own, name])}
                  isReadOnly={isReadOnly}
                  onChange={(name, next) => change(items.toSpliced(index, 1, withField(object, name, next)))}
                />
              </div>
            ) : null}
          </div>
        );
      })}
      {isReadOnly ? null : (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => {
            setOpen(items.length);
            change([...items, firstOf(schema)]);
          }}
        >
          Add
        </Button>
      )}
    </FieldGroup>
  );
}

/** What it says besides its name. */
function summaryOf(object: JsonObject): string {
  return Object.entries(object)
    .flatMap(([name, value]) => (name === 'name' ? [] : [typeof value === 'string' ? value : JSON.stringify(value)]))
    .join(' · ');
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
