'use client';
import { useEffect, useRef } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import classes from '../editor.module.css';
import type { JobPlace } from '../jobs.ts';
import { problemText } from '../problem-place.ts';
import { editsBetween, type Path } from '../text/edit.ts';
import { type Editor, nameless, useEditor } from '../use-editor.ts';
import { useSchemas } from '../use-vocabulary.ts';
import { pathMark } from './field-props.ts';
import { Fields } from './fields.tsx';
import { JobBody } from './job-form.tsx';
import { JobsList } from './jobs-list.tsx';

const ofPipeline: ReadonlySet<string> = new Set(['kind', 'jobs']);
const ofJob = ['kind', 'name', 'type', 'image', 'command', 'job', 'pipeline', 'args', 'actions', 'jobs'];

/** The document as a form. */
export function FormPane({ onSave, onTry }: { onSave: () => void; onTry?: (place: JobPlace) => void }) {
  const editor = useEditor();
  const { kind, json, problems, change, isReadOnly, isBroken, shown, refusal } = editor;
  const schemas = useSchemas();
  const pane = useRef<HTMLDivElement>(null);
  const object = isObject(json) ? json : {};
  const hasJobs = kind === 'Pipeline' || Object.hasOwn(object, 'jobs');
  const set = (name: string, value: Json | undefined) => {
    change(
      value === undefined ? { op: 'remove', path: [name] } : editsBetween(object[name], value, [name]),
      pathMark([name]),
    );
  };
  useEffect(() => {
    if (shown.n === 0) return;
    reveal(pane.current, shown.path, shown.by);
  }, [shown]);
  return (
    <div className={classes.formPane} ref={pane} inert={isBroken} data-dimmed={isBroken || undefined}>
      <section aria-label={kind} className={classes.form}>
        <Fields
          schema={schemas.document}
          root={schemas.root}
          values={
            kind === 'Pipeline'
              ? object
              : {
                  name: object['name'] ?? '',
                  ...(object['description'] === undefined ? {} : { description: object['description'] }),
                }
          }
          pathOf={(name) => [name]}
          errorOf={(name) => (name === 'name' && refusal === nameless ? nameless : problemText(problems.found, [name]))}
          isReadOnly={isReadOnly}
          without={kind === 'Pipeline' ? ofPipeline : exceptHead(schemas.document.properties)}
          onChange={set}
        />
        {kind === 'Pipeline' ? null : <JobBody path={[]} job={object} without={[...ofJob, 'description']} />}
      </section>
      {hasJobs ? <JobsList onSave={onSave} {...(onTry === undefined ? {} : { onTry })} /> : null}
    </div>
  );
}

function exceptHead(properties: object | undefined): ReadonlySet<string> {
  return new Set(Object.keys(properties ?? {}).filter((name) => name !== 'name' && name !== 'description'));
}

/** Shows the field, or the innermost thing around it that is there; and puts the focus on it where that is wanted. */
function reveal(pane: HTMLElement | null, path: Path, by: Editor['shown']['by']) {
  for (let length = path.length; length > 0; length--) {
    const mark = CSS.escape(pathMark(path.slice(0, length)));
    const field = pane?.querySelector<HTMLElement>(`[data-path="${mark}"]`);
    const found = field ?? pane?.querySelector<HTMLElement>(`[data-row-path="${mark}"]`);
    if (found === null || found === undefined) continue;
    found.scrollIntoView({ block: 'nearest' });
    if (by === 'problems') (field ?? found.querySelector<HTMLElement>('button'))?.focus();
    if (by === 'new') firstField(found, path)?.focus();
    return;
  }
}

/** Of an Action what its type takes, as its name was asked for before the type. */
function firstField(found: HTMLElement, path: Path): HTMLElement | null {
  const name = path.at(-2) === 'actions' ? `:not([data-path="${CSS.escape(pathMark([...path, 'name']))}"])` : '';
  return found.querySelector<HTMLElement>(`input${name}, textarea, select`);
}
