import type { Problem } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Checked } from './schema.ts';

export type Path = readonly (string | number)[];

/** Where a field stands, 1-based. */
interface Position {
  file: string;
  line: number;
  column: number;
}

/** Finds a field of a document in its file; `key`: the field's name. */
export type Locate = (path: Path, key?: boolean) => Position;

/** One document of a file, checked by the schema of its kind. */
export type SourceDocument = Checked & {
  /** As it was written, comments included. */
  source: string;
  /** What it says, nothing added: what is saved. */
  json: JsonObject;
  locate: Locate;
};

/** A problem that a document has, yet without its place. */
export interface Fault {
  path: Path;
  message: string;
  remedy?: string | undefined;
  code?: Problem['code'] | undefined;
  /** Points to the field's name instead of its value. */
  key?: boolean;
}

export function problemAt(locate: Locate, { path, message, remedy, code, key }: Fault): Problem {
  return {
    ...locate(path, key),
    path: pathText(path),
    message: sentence(message),
    ...(remedy === undefined ? {} : { remedy }),
    ...(code === undefined ? {} : { code }),
  };
}

/** What may be followed by a remedy. */
export function sentence(message: string): string {
  return /[.?!…]$/.test(message) ? message : `${message}.`;
}

/** `jobs[0].args["a b"]` */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[A-Za-z_][\w-]*$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
