import type { Fault, SourceDocument } from './document.ts';
import { forges } from './forge-events.ts';

/** What patterns name, and the folder that git keeps it in. */
const fields = {
  branches: { what: 'branch', folder: 'heads', other: 'tags' },
  tags: { what: 'tag', folder: 'tags', other: 'branches' },
} as const;
type Field = keyof typeof fields;

/** Patterns of a Trigger that nothing can match: it would drop all that it is sent. */
export function refFaults({ kind, spec }: SourceDocument): Fault[] {
  if (kind !== 'Trigger') return [];
  return forges.flatMap((forge) =>
    (['branches', 'tags'] as const).flatMap((field) =>
      (spec[forge]?.[field] ?? []).flatMap((pattern, index) => {
        const wrong = wrongWith(field, pattern.replace(/^!/, ''));
        return wrong === undefined ? [] : [{ path: [forge, field, index], ...wrong }];
      }),
    ),
  );
}

/** By the rules of `git check-ref-format`, as far as they hold whatever text `*` and `?` stand for. */
function wrongWith(field: Field, name: string): Pick<Fault, 'message' | 'remedy'> | undefined {
  const { what, folder, other } = fields[field];
  const [full, of] = /^\/?refs\/(heads|tags)\//.exec(name) ?? [];
  if (full !== undefined) {
    const bare = name.slice(full.length);
    const message = `a ${what} is named without ${full}`;
    return { message, remedy: of === folder ? `Write ${bare}, not ${name}.` : `Write ${bare} in ${other}.` };
  }
  const wrong = rules.find(([shape]) => shape.test(name));
  if (wrong === undefined) return undefined;
  const [, says, remedy = `Write what git takes as the name of a ${what}, with * or ** for any text.`] = wrong;
  return { message: `no ${what} ${says}`, remedy: typeof remedy === 'string' ? remedy : remedy(name) };
}

const rules: readonly [RegExp, string, (string | ((name: string) => string))?][] = [
  [/^$/, 'is without a name'],
  [/ /, 'has a space in its name', 'Make each an element of the list.'],
  [new RegExp('[\\u0000-\\u001f\\u007f]'), 'has a control character in its name'],
  ...['~', '^', ':', '[', '\\', '..', '//', '@{'].map((text): [RegExp, string] => [
    new RegExp(text.replaceAll(/./g, '\\$&')),
    `has ${text} in its name`,
  ]),
  [/^\//, 'begins with /', (name) => `Write ${name.slice(1)}, not ${name}.`],
  [/\/$/, 'ends with /', (name) => `Write ${name}** for all below it.`],
  [/(^|\/)\./, 'has a part that begins with a full stop'],
  [/\.$/, 'ends with a full stop'],
  [/\.lock(\/|$)/, 'has a part that ends with .lock'],
];
