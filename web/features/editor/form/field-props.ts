import type { ComponentType } from 'react';
import type { Json } from '../../../../core/json.ts';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import type { Path } from '../text/edit.ts';

/** What every input of a form is given. */
export interface FieldProps {
  label: string;
  /** Help below the label. */
  description?: string | undefined;
  path: Path;
  value: Json | undefined;
  isRequired: boolean;
  error: string | undefined;
  isReadOnly: boolean;
  /** Undefined: the field goes. */
  onChange: (value: Json | undefined) => void;
}

/** A field that has fields of its own; `fields` draws those. */
export interface HolderProps extends FieldProps {
  schema: JsonSchema;
  root: JsonSchema;
  fields: ComponentType<FieldsProps>;
}

export interface SchemaFieldProps extends HolderProps {
  /** Code is written with a monospace font. */
  isCode: boolean;
  /** Whether an expression or a Credential may give it. */
  isComputable: boolean;
}

/** The fields of an object. */
export interface FieldsProps {
  schema: JsonSchema;
  root: JsonSchema;
  values: Record<string, Json>;
  pathOf: (name: string) => Path;
  errorOf: (name: string) => string | undefined;
  isReadOnly: boolean;
  /** Fields that stand elsewhere in the form. */
  without?: ReadonlySet<string>;
  code?: readonly string[];
  /** Whether expressions and Credentials may give the values, but for those that are code. */
  isComputable?: boolean;
  onChange: (name: string, value: Json | undefined) => void;
}

/** By which a problem finds its input. */
export function pathMark(path: Path): string {
  return JSON.stringify(path);
}
