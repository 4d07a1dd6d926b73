import type { Problem } from '../../../core/errors.ts';
import type { Path } from './text/edit.ts';

/** The path that a problem is told with: `jobs[0].args["a b"]` as its steps. */
export function stepsOf(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (name as string) : (JSON.parse(quoted) as string);
  });
}

export function isWithin(inner: Path, outer: Path): boolean {
  return outer.every((step, index) => inner[index] === step);
}

export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && isWithin(a, b);
}

/** Message and remedy of what is wrong with exactly this field. */
export function problemText(problems: readonly Problem[], path: Path): string | undefined {
  const found = problems.find((problem) => isSamePath(stepsOf(problem.path), path));
  return found === undefined ? undefined : textOf(found);
}

export function textOf({ message, remedy }: { message: string; remedy?: string | undefined }): string {
  return remedy === undefined ? message : `${message} ${remedy}`;
}

/** The Job or Action, the innermost, that a path leads into; an empty path where it leads into none. */
export function placeOf(path: Path): Path {
  for (let length = path.length; length > 1; length--) {
    const list = path[length - 2];
    if (typeof path[length - 1] === 'number' && (list === 'jobs' || list === 'actions')) return path.slice(0, length);
  }
  return [];
}

/** The Job that a path leads into. */
export function jobPlaceOf(path: Path): Path {
  const place = placeOf(path);
  return place.at(-2) === 'actions' ? place.slice(0, -2) : place;
}
