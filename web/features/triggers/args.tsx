'use client';
import { TextInput } from '@mantine/core';
import type { Json, JsonObject } from '../../../core/json.ts';
import { coerceParameter } from '../../../core/language/parameters.ts';
import type { Param } from '../../../core/plan.ts';

/** What a run is given: a value, or what an expression takes from the delivery. */
export function Args({
  params,
  values,
  onChange,
}: {
  params: readonly Param[];
  values: Record<string, string>;
  onChange: (values: Record<string, string>) => void;
}) {
  return params.map((param) => (
    <TextInput
      key={param.name}
      label={param.name}
      description={param.description ?? `${param.type}; a value or \${{ trigger.branch }}`}
      required={param.default === undefined}
      value={values[param.name] ?? ''}
      placeholder={param.default === undefined ? '' : `${textOf(param.default)} when empty`}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ ...values, [param.name]: event.currentTarget.value })}
    />
  ));
}

const likely: Readonly<Record<string, string>> = {
  branch: '${{ trigger.branch }}',
  ref: '${{ trigger.ref }}',
  tag: '${{ trigger.tag }}',
  sha: '${{ trigger.sha }}',
  commit: '${{ trigger.sha }}',
};

/** What most want for params of these names. */
export function argTexts(params: readonly Param[]): Record<string, string> {
  return Object.fromEntries(
    params.flatMap(({ name, type }) => {
      const text = Object.hasOwn(likely, name) && type === 'string' ? likely[name] : undefined;
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** What is empty is left to the Pipeline; what holds an expression stays as it was typed. */
export function argsOf(params: readonly Param[], texts: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    params.flatMap((param) => {
      const text = texts[param.name] ?? '';
      if (text === '') return [];
      return [[param.name, text.includes('${{') ? text : coerceParameter(param, text)]];
    }),
  );
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
