'use client';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { QuietFailure } from '../../lists/states.tsx';
import { isRequired, readAction, withInput, withType } from '../actions.ts';
import classes from '../editor.module.css';
import { ActionPicker } from '../pick/action-picker.tsx';
import { problemText } from '../problem-place.ts';
import { renameInExpressions } from '../references.ts';
import { editsBetween, jsonAt, type Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { commonOf, textField, useActions, useSchemas } from '../use-vocabulary.ts';
import { pathMark } from './field-props.ts';
import { Fields } from './fields.tsx';
import { NameField } from './name-field.tsx';
import { useSetField } from './use-set-field.ts';

const elsewhere: ReadonlySet<string> = new Set(['name', 'type', 'on_success', 'on_failure']);

/** Everything about one Action: name, type, the fields of that type, and what follows its success and failure. */
export function ActionForm({ path, entry }: { path: Path; entry: JsonObject }) {
  const { json, problems, change, isReadOnly } = useEditor();
  const { known, read } = useActions();
  const schemas = useSchemas();
  const [isPicking, setPicking] = useState(false);
  const common = commonOf(schemas.action);
  const reading = readAction(entry, known, common);
  const action = reading.type === undefined ? undefined : known(reading.type);
  const set = useSetField(path, entry);
  const setInput = (name: string, value: Json | undefined) => {
    if (action === undefined) return;
    change(
      editsBetween(entry, withInput(entry, action, { ...reading.input, [name]: value }), path),
      pathMark([...path, name]),
    );
  };
  const inputPath = (name: string): Path => {
    if (action === undefined || entry['type'] === action.id) return [...path, name];
    if (action.besides.includes(name) && Object.hasOwn(entry, name)) return [...path, name];
    return isObject(entry[action.id]) ? [...path, action.id, name] : [...path, action.id];
  };
  // What it lacks is a problem of its input as a whole, which no field shows where that is an object.
  const ofInput = action !== undefined && isObject(entry[action.id]) ? [...path, action.id] : path;
  const typeError = problemText(problems.found, path) ?? problemText(problems.found, ofInput);
  return (
    <div className={classes.form}>
      <NameField
        label="What name do you want to give this Action?"
        path={path}
        value={textField(entry, 'name')}
        usual={reading.type}
        onChange={(name) => set('name', name)}
        onRenamed={(from, to) => {
          const job = path.slice(0, -2);
          change(renameInExpressions(jsonAt(json, job), job, 'job.current.action', { from, to }));
        }}
      />
      <div className={classes.type}>
        <span className={classes.typeText}>
          <b>{action?.title ?? reading.type ?? 'No type yet'}</b>
          <span className={classes.help}>{action?.description}</span>
        </span>
        {isReadOnly ? null : (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setPicking(true)}
            data-path={pathMark([...path, 'type'])}
          >
            Change type
          </Button>
        )}
      </div>
      {typeError === undefined ? null : <p className={classes.error}>{typeError}</p>}
      {action === undefined ? (
        <QuietFailure read={read} what="Actions of the library" />
      ) : (
        <Fields
          key={action.id}
          schema={action.schema}
          root={action.schema}
          values={reading.input}
          pathOf={inputPath}
          errorOf={(name) => problemText(problems.found, inputPath(name))}
          isReadOnly={isReadOnly}
          code={action.code}
          isComputable
          onChange={(name, value) => setInput(name, value ?? (isRequired(action, name) ? '' : undefined))}
        />
      )}
      <div className={classes.pair}>
        <OutcomeField
          label="What would you like to do on success?"
          name="on_success"
          usual="continue success"
          entry={entry}
          path={path}
          onChange={set}
        />
        <OutcomeField
          label="What would you like to do on failure?"
          name="on_failure"
          usual="end failure"
          entry={entry}
          path={path}
          onChange={set}
        />
      </div>
      <Fields
        schema={schemas.action}
        root={schemas.root}
        values={Object.fromEntries(Object.entries(entry).filter(([name]) => common.has(name)))}
        pathOf={(name) => [...path, name]}
        errorOf={(name) => problemText(problems.found, [...path, name])}
        isReadOnly={isReadOnly}
        without={elsewhere}
        onChange={set}
      />
      {isPicking ? (
        <ActionPicker
          onClose={() => setPicking(false)}
          onPick={(chosen) => change(editsBetween(entry, withType(entry, chosen, common), path))}
        />
      ) : null}
    </div>
  );
}

const outcomes = ['continue success', 'continue failure', 'end success', 'end failure'] as const;

/** The seed's words: set the Job's status, and go on or end it there. */
function outcomeText(outcome: string): string {
  const [what, status] = outcome.split(' ');
  return `${what} Job: ${status}`;
}

function OutcomeField({
  label,
  name,
  usual,
  entry,
  path,
  onChange,
}: {
  label: string;
  name: string;
  usual: string;
  entry: JsonObject;
  path: Path;
  onChange: (name: string, value: Json | undefined) => void;
}) {
  const { problems, isReadOnly } = useEditor();
  return (
    <NativeSelect
      size="xs"
      label={label}
      disabled={isReadOnly}
      error={problemText(problems.found, [...path, name])}
      data-path={pathMark([...path, name])}
      value={textField(entry, name)}
      onChange={(event) => onChange(name, event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      data={[
        { value: '', label: `As usual: ${outcomeText(usual)}` },
        {
          group: 'Set Job status',
          items: outcomes.map((outcome) => ({ value: outcome, label: outcomeText(outcome) })),
        },
      ]}
    />
  );
}
