'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Json } from '../../../../core/json.ts';
import classes from '../editor.module.css';
import { CredentialField } from './credential-input.tsx';
import { type FieldKind, fieldKind, fits, isCredential, isExpression, plainSchema } from './field-kind.ts';
import type { SchemaFieldProps } from './field-props.ts';
import { BooleanField, ChoiceField, NumberField, NumbersField, TextField, TextsField, YamlField } from './inputs.tsx';
import { ItemsField } from './items-input.tsx';
import { MapField } from './map-input.tsx';
import { ObjectField } from './object-input.tsx';

/** The input that fits what the schema says of a field, and a menu with the other ways to give it. */
export function SchemaField(props: SchemaFieldProps) {
  const { schema, root, isReadOnly } = props;
  const kind = fieldKind(schema, root);
  return (
    <div className={classes.field}>
      {fieldFor(kind, props)}
      {isReadOnly ? null : <Ways {...props} kind={kind} />}
    </div>
  );
}

function fieldFor(kind: FieldKind, props: SchemaFieldProps) {
  const { value, schema, root, isCode } = props;
  if (isCredential(value)) return <CredentialField {...props} />;
  if (!fits(kind, value))
    return isExpression(value) ? <TextField {...props} isLong={false} isCode /> : <YamlField {...props} />;
  const byDefault = plainSchema(schema, root).default as Json | undefined;
  switch (kind.kind) {
    case 'text':
      return <TextField {...props} isLong={kind.isLong} isCode={isCode} />;
    case 'number':
      return <NumberField {...props} />;
    case 'boolean':
      // A switch has no third state, and would show what is not given yet as false.
      if (props.isRequired) return <ChoiceField {...props} options={[true, false]} byDefault={undefined} />;
      return <BooleanField {...props} byDefault={byDefault === true} />;
    case 'choice':
      return <ChoiceField {...props} options={kind.options} byDefault={byDefault} />;
    case 'texts':
      return <TextsField {...props} options={kind.options} />;
    case 'numbers':
      return <NumbersField {...props} />;
    case 'map':
      return <MapField {...props} values={kind.values} />;
    case 'object':
      return <ObjectField {...props} schema={kind.schema} />;
    case 'items':
      return <ItemsField {...props} schema={kind.schema} />;
    case 'yaml':
      return <YamlField {...props} />;
  }
}

function Ways({ kind, isComputable, value, label, isRequired, onChange }: SchemaFieldProps & { kind: FieldKind }) {
  const isPlain = fits(kind, value) && !isCredential(value);
  const offersExpression = isComputable && isPlain && kind.kind !== 'text' && kind.kind !== 'yaml';
  const offersCredential = isComputable && !isCredential(value) && (kind.kind === 'text' || kind.kind === 'yaml');
  if (!offersExpression && !offersCredential && isPlain && (isRequired || value === undefined)) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          className={classes.ways}
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={`Other ways to give ${label}`}
        >
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isPlain ? null : (
          <Menu.Item onClick={() => onChange(isRequired ? '' : undefined)}>Write it in place</Menu.Item>
        )}
        {offersExpression ? (
          <Menu.Item onClick={() => onChange('${{ }}')}>Compute it by an expression</Menu.Item>
        ) : null}
        {offersCredential ? (
          <Menu.Item onClick={() => onChange({ from_credential: '' })}>Take it from a Credential</Menu.Item>
        ) : null}
        {isRequired || value === undefined ? null : (
          <Menu.Item onClick={() => onChange(undefined)}>Leave it out</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
