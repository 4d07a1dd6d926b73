'use client';
import { MultiSelect, NativeSelect, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { Json } from '../../../../core/json.ts';
import { type FieldProps, pathMark } from './field-props.ts';
import { type Parsed, useDraft } from './use-draft.ts';
import { yamlOf, yamlText } from './yaml-value.ts';

export const monospace = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };

function shared({ label, description, path, isRequired, error, isReadOnly }: FieldProps) {
  return {
    label,
    description,
    error,
    required: isRequired,
    disabled: isReadOnly,
    size: 'xs',
    'data-path': pathMark(path),
  };
}

export function TextField(props: FieldProps & { isLong: boolean; isCode?: boolean }) {
  const { value, isRequired, onChange, isLong, isCode = false } = props;
  const text = plainText(value);
  const input = {
    ...shared(props),
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => {
      const typed = event.currentTarget.value;
      onChange(typed === '' && !isRequired ? undefined : typed);
    },
    autoComplete: 'off',
    spellCheck: false,
    ...(isCode ? { styles: monospace } : {}),
  };
  return isLong || text.includes('\n') ? (
    <Textarea {...input} autosize minRows={1} maxRows={16} />
  ) : (
    <TextInput {...input} />
  );
}

/** Of an input that holds a value as text; text that is no value is said to be none, and is not taken. */
function useDrafted(props: FieldProps, reading: Parameters<typeof useDraft>[1]) {
  const draft = useDraft(props.value, reading, props.onChange);
  return {
    ...shared({ ...props, error: draft.error ?? props.error }),
    value: draft.text,
    onChange: (event: { currentTarget: { value: string } }) => draft.change(event.currentTarget.value),
    onBlur: draft.leave,
    autoComplete: 'off',
  };
}

export function NumberField(props: FieldProps) {
  return <TextInput {...useDrafted(props, { print: plainText, parse: numberOf })} inputMode="decimal" />;
}

function plainText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function numberOf(text: string): Parsed {
  if (text.trim() === '') return { value: undefined };
  return Number.isFinite(Number(text)) ? { value: Number(text) } : { error: 'Give a number.' };
}

export function BooleanField(props: FieldProps & { byDefault: boolean }) {
  const { value, byDefault, onChange } = props;
  return (
    <Switch
      {...shared(props)}
      required={false}
      checked={value === undefined ? byDefault : value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

export function ChoiceField(props: FieldProps & { options: readonly Json[]; byDefault: Json | undefined }) {
  const { value, options, byDefault, isRequired, onChange } = props;
  const text = (option: Json) => (typeof option === 'string' ? option : JSON.stringify(option));
  const none = byDefault === undefined ? '' : `${text(byDefault)}, unless set`;
  const isEmpty = !isRequired || value === undefined || !options.includes(value);
  return (
    <NativeSelect
      {...shared(props)}
      data={[
        ...(isEmpty ? [{ value: '', label: none }] : []),
        ...options.map((option, index) => ({ value: String(index), label: text(option) })),
      ]}
      value={value === undefined ? '' : String(options.indexOf(value))}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? undefined : options[Number(event.currentTarget.value)])
      }
    />
  );
}

/** A list of texts; where they are known beforehand, chosen among them. */
export function TextsField(props: FieldProps & { options: readonly string[] | undefined }) {
  const { value, options, onChange } = props;
  const list = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(plainText);
  const change = (next: string[]) => onChange(next.length === 0 ? undefined : next);
  if (options !== undefined) {
    const missing = list.filter((each) => !options.includes(each));
    return (
      <MultiSelect
        {...shared(props)}
        data={[...options, ...missing]}
        value={list}
        onChange={change}
        searchable
        hidePickedOptions
        comboboxProps={{ withinPortal: true }}
      />
    );
  }
  return (
    <TagsInput
      {...shared(props)}
      value={list}
      onChange={change}
      acceptValueOnBlur
      splitChars={[]}
      placeholder={list.length === 0 ? 'Type and press Enter' : ''}
    />
  );
}

export function NumbersField(props: FieldProps) {
  return <TextInput {...useDrafted(props, { print: numbersText, parse: numbersOf })} placeholder="0, 2" />;
}

function numbersText(value: Json | undefined): string {
  return Array.isArray(value) ? value.map(plainText).join(', ') : '';
}

function numbersOf(text: string): Parsed {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  if (parts.length === 0) return { value: undefined };
  const numbers = parts.map(Number);
  return numbers.every(Number.isFinite) ? { value: numbers } : { error: 'Give numbers with commas between.' };
}

/** Any value, as a small piece of YAML. */
export function YamlField(props: FieldProps) {
  const input = useDrafted(props, { print: yamlText, parse: yamlOf });
  return <Textarea {...input} styles={monospace} autosize minRows={1} maxRows={16} spellCheck={false} />;
}
