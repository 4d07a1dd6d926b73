'use client';
import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JsonObject } from '../../../../core/json.ts';
import classes from '../editor.module.css';
import { connect, disconnect, type JobPlace, renameReferences, requiresOf, siblingsOf } from '../jobs.ts';
import { problemText } from '../problem-place.ts';
import { editsBetween } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { textField, useSchemas } from '../use-vocabulary.ts';
import { ActionsList } from './actions-list.tsx';
import { CallFields } from './call-fields.tsx';
import { pathMark } from './field-props.ts';
import { Fields } from './fields.tsx';
import { NameField } from './name-field.tsx';
import { useSetField } from './use-set-field.ts';

/** Fields of a Job that stand elsewhere in its form, or are of another kind of Job. */
const elsewhere = ['name', 'type', 'image', 'command', 'job', 'pipeline', 'args', 'requires', 'actions', 'jobs'];

/** Everything about one Job of the document. */
export function JobForm({
  place,
  onSave,
  onTry,
  onNewInside,
}: {
  place: JobPlace;
  onSave: () => void;
  onTry?: (() => void) | undefined;
  onNewInside: () => void;
}) {
  const { json, jobs, problems, change, isReadOnly, isDirty, refuse } = useEditor();
  const { path, job } = place;
  const siblings = siblingsOf(jobs, place).filter((each) => each !== place);
  function require(names: string[]) {
    const before = requiresOf(job);
    const [added] = names.filter((name) => !before.includes(name));
    const [gone] = before.filter((name) => !names.includes(name));
    if (gone !== undefined) {
      const other = siblings.find((each) => each.name === gone);
      const edit = other === undefined ? undefined : disconnect(jobs, other.id, place.id);
      change(edit ?? editsBetween(job['requires'], names, [...path, 'requires']));
    }
    const other = siblings.find((each) => each.name === added);
    if (other === undefined) return;
    const made = connect(jobs, other.id, place.id);
    if ('edit' in made) change(made.edit);
    else refuse(made.refusal);
  }
  return (
    <div className={classes.form}>
      <NameField
        label="What name do you want to give this Job?"
        path={path}
        value={textField(job, 'name')}
        usual={place.name}
        alsoAt={isCall(job) ? undefined : path}
        onChange={(name) => {
          const own = [...path, 'name'];
          if (name !== undefined) change({ op: 'set', path: own, value: name }, pathMark(own));
          else if (Object.hasOwn(job, 'name')) change({ op: 'remove', path: own }, pathMark(own));
        }}
        onRenamed={(from, to) => change(renameReferences(json, jobs, place, { from, to }))}
      />
      {siblings.length === 0 ? null : (
        <MultiSelect
          size="xs"
          label="Requires"
          description="Jobs that must have ended well before it starts"
          data={[...new Set([...siblings.map(({ name }) => name), ...requiresOf(job)])]}
          value={requiresOf(job)}
          disabled={isReadOnly}
          error={problemText(problems.found, [...path, 'requires'])}
          data-path={pathMark([...path, 'requires'])}
          onChange={require}
          searchable
          hidePickedOptions
        />
      )}
      <JobBody path={path} job={job} />
      {Object.hasOwn(job, 'jobs') ? <NewInside path={path} onNew={onNewInside} /> : null}
      {isReadOnly ? null : (
        <Group gap="xs">
          <Button size="compact-sm" disabled={!isDirty} onClick={onSave}>
            Save Job
          </Button>
          {onTry === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={onTry}>
              Try this Job
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

/** Of a group, whose Jobs are listed below it. */
function NewInside({ path, onNew }: { path: JobPlace['path']; onNew: () => void }) {
  const { problems, isReadOnly } = useEditor();
  const error = problemText(problems.found, [...path, 'jobs']);
  if (isReadOnly) return null;
  return (
    <div>
      <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={onNew}>
        New Job in it
      </Button>
      {error === undefined ? null : <p className={classes.error}>{error}</p>}
    </div>
  );
}

function isCall(job: JsonObject): boolean {
  return Object.hasOwn(job, 'job') || Object.hasOwn(job, 'pipeline');
}

/** What a Job does, and its other settings; also of a Job of the library, which is the document itself. */
export function JobBody({
  path,
  job,
  without = elsewhere,
}: {
  path: JobPlace['path'];
  job: JsonObject;
  without?: readonly string[];
}) {
  const { problems, isReadOnly } = useEditor();
  const schemas = useSchemas();
  const schema = path.length === 0 ? schemas.document : schemas.job;
  const set = useSetField(path, job);
  const text = (name: string, label: string, placeholder: string) => (
    <TextInput
      size="xs"
      label={label}
      value={textField(job, name)}
      placeholder={placeholder}
      disabled={isReadOnly}
      error={problemText(problems.found, [...path, name])}
      data-path={pathMark([...path, name])}
      onChange={(event) => set(name, event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  );
  return (
    <>
      {job['type'] === 'container' ? (
        <>
          {text('image', 'Enter the container registry URL:', 'alpine:latest')}
          {text('command', 'What command and arguments should be run in the container?', 'cat /etc/os-release')}
        </>
      ) : null}
      {isCall(job) ? <CallFields path={path} job={job} /> : null}
      <Fields
        schema={schema}
        root={schemas.root}
        values={job}
        pathOf={(name) => [...path, name]}
        errorOf={(name) => problemText(problems.found, [...path, name])}
        isReadOnly={isReadOnly}
        without={new Set(without)}
        onChange={set}
      />
      {isCall(job) || Object.hasOwn(job, 'jobs') ? null : <ActionsList path={path} />}
    </>
  );
}
