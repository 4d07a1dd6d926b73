'use client';
import { Button, Menu, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import classes from '../editor.module.css';
import { plainSchema } from './field-kind.ts';
import type { FieldsProps } from './field-props.ts';
import { SchemaField } from './schema-field.tsx';

/** More optional fields than this are offered in a menu. */
const mostOffered = 6;

/** The fields of an object: those that must be there or are; the others are offered. */
export function Fields({
  schema,
  root,
  values,
  pathOf,
  errorOf,
  isReadOnly,
  without,
  code = [],
  isComputable = false,
  onChange,
}: FieldsProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const known = Object.keys(schema.properties ?? {}).filter((name) => without?.has(name) !== true);
  const others =
    schema.additionalProperties === undefined || schema.additionalProperties === false
      ? []
      : Object.keys(values).filter((name) => !known.includes(name) && without?.has(name) !== true);
  const required = new Set(schema.required);
  const isShown = (name: string) => required.has(name) || Object.hasOwn(values, name) || opened.has(name);
  const shown = [
    ...known.filter((name) => required.has(name)),
    ...known.filter((name) => !required.has(name) && isShown(name)),
    ...others,
  ];
  const offered = known.filter((name) => !isShown(name));
  const open = (name: string) => setOpened((last) => new Set([...last, name]));
  return (
    <>
      {shown.map((name) => {
        const field = (schema.properties?.[name] ?? schema.additionalProperties ?? {}) as JsonSchema;
        const { title, description } = plainSchema(field, root);
        return (
          <SchemaField
            key={name}
            schema={field}
            fields={Fields}
            root={root}
            label={title ?? labelOf(name)}
            description={description === labelOf(name) ? undefined : description}
            path={pathOf(name)}
            value={values[name]}
            isRequired={required.has(name)}
            isCode={code.includes(name)}
            isComputable={isComputable && !code.includes(name)}
            error={errorOf(name)}
            isReadOnly={isReadOnly}
            onChange={(value) => {
              open(name);
              onChange(name, value);
            }}
          />
        );
      })}
      {isReadOnly || offered.length === 0 ? null : (
        <Offered schema={schema} root={root} names={offered} onOpen={open} />
      )}
    </>
  );
}

function Offered({
  schema,
  root,
  names,
  onOpen,
}: {
  schema: JsonSchema;
  root: JsonSchema;
  names: readonly string[];
  onOpen: (name: string) => void;
}) {
  const [query, setQuery] = useState('');
  const helpOf = (name: string) => plainSchema((schema.properties?.[name] ?? {}) as JsonSchema, root).description ?? '';
  if (names.length <= mostOffered) {
    return (
      <div className={classes.offered}>
        {names.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="subtle"
            color="gray"
            title={helpOf(name)}
            leftSection={<IconPlus size={12} />}
            onClick={() => onOpen(name)}
          >
            {name}
          </Button>
        ))}
      </div>
    );
  }
  const found = names.filter((name) => `${name} ${helpOf(name)}`.toLowerCase().includes(query.toLowerCase()));
  return (
    <Menu position="bottom-start" width={320} withinPortal onClose={() => setQuery('')}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={12} />}
          className={classes.settings}
        >
          Add setting
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <TextInput
          size="xs"
          m={4}
          placeholder="Search settings"
          aria-label="Search settings"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          data-autofocus
        />
        {found.map((name) => (
          <Menu.Item key={name} onClick={() => onOpen(name)}>
            <span className={classes.offer}>{labelOf(name)}</span>
            <span className={classes.help}>{helpOf(name)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** `skip_if` as people read it: Skip if. */
function labelOf(name: string): string {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
