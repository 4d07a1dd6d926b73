'use client';
import { PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { Param } from '../../../core/plan.ts';

interface Props {
  param: Param;
  value: string | boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

/** The input that fits a parameter's type. */
export function ParamInput({ param, value, error, onChange }: Props) {
  const shared = {
    label: param.name,
    description: param.description,
    error,
    name: param.name,
    required: param.default === undefined && param.type !== 'boolean',
  };
  const text = typeof value === 'string' ? value : '';
  if (param.options !== undefined) {
    const data = param.options.map((option, index) => ({ value: String(index), label: optionText(option) }));
    return (
      <Select
        {...shared}
        data={data}
        value={text === '' ? null : text}
        onChange={(next) => onChange(next ?? '')}
        allowDeselect={false}
        searchable={data.length > 8}
      />
    );
  }
  if (param.type === 'boolean') {
    return (
      <Switch
        {...shared}
        required={false}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  const input = {
    ...shared,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    autoComplete: 'off',
    spellCheck: false,
  };
  if (param.secret === true) return <PasswordInput {...input} autoComplete="new-password" />;
  if (param.type === 'number') return <TextInput {...input} inputMode="decimal" />;
  if (param.type === 'string') return <TextInput {...input} />;
  const example = param.type === 'list' ? '["a", "b"]' : '{"a": 1}';
  return (
    <Textarea
      {...input}
      autosize
      minRows={2}
      maxRows={12}
      placeholder={example}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}

function optionText(option: unknown): string {
  return typeof option === 'string' ? option : JSON.stringify(option);
}
