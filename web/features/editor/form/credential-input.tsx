'use client';
import { Autocomplete, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { QuietFailure } from '../../lists/states.tsx';
import classes from '../editor.module.css';
import { credentialsQuery } from '../editor-api.ts';
import { FieldGroup } from './field-group.tsx';
import { type FieldProps, pathMark } from './field-props.ts';

/** A value that a Worker takes from a Credential when the Action runs. */
export function CredentialField({ label, description, path, value, isReadOnly, error, onChange }: FieldProps) {
  const credentials = useQuery(credentialsQuery);
  const given = isObject(value) ? value : {};
  const text = (field: string) => (typeof given[field] === 'string' ? given[field] : '');
  const set = (field: string, typed: string) => {
    const { [field]: _, ...rest } = given;
    const next: Record<string, Json> = { ...rest, ...(typed === '' && field === 'property' ? {} : { [field]: typed }) };
    onChange(next);
  };
  return (
    <FieldGroup label={label} description={description} error={error} path={path}>
      <div className={classes.pair}>
        <Autocomplete
          size="xs"
          label="Credential"
          data={[...new Set((credentials.data ?? []).map(({ name }) => name))]}
          value={text('from_credential')}
          disabled={isReadOnly}
          data-path={pathMark([...path, 'from_credential'])}
          onChange={(typed) => set('from_credential', typed)}
        />
        <TextInput
          size="xs"
          label="Property"
          placeholder="its only one"
          value={text('property')}
          disabled={isReadOnly}
          data-path={pathMark([...path, 'property'])}
          onChange={(event) => set('property', event.currentTarget.value)}
        />
      </div>
      <QuietFailure read={credentials} what="Credentials to choose from" />
    </FieldGroup>
  );
}
