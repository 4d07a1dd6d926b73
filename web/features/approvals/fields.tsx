'use client';
import { Stack } from '@mantine/core';
import type { Param } from '../../../core/plan.ts';
import type { FieldErrors, Fields as Given } from '../parameters/form-model.ts';
import { ParamInput } from '../parameters/param-input.tsx';
import classes from './approvals.module.css';

/** What whoever approves is to fill in. */
export function Fields({
  params,
  values,
  errors,
  onChange,
}: {
  params: readonly Param[];
  values: Given;
  errors: FieldErrors;
  onChange: (name: string, value: string | boolean) => void;
}) {
  return (
    <Stack gap="sm" className={classes.fields}>
      {params.map((param) => (
        <ParamInput
          key={param.name}
          param={param}
          value={values[param.name] ?? ''}
          error={errors[param.name]}
          onChange={(value) => onChange(param.name, value)}
        />
      ))}
    </Stack>
  );
}
