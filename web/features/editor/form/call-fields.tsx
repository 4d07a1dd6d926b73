'use client';
import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { QuietFailure } from '../../lists/states.tsx';
import { libraryQuery } from '../editor-api.ts';
import { paramsSchema } from '../pick/offers.ts';
import { problemText } from '../problem-place.ts';
import { editsBetween, type Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { textField } from '../use-vocabulary.ts';
import { FieldGroup } from './field-group.tsx';
import { pathMark } from './field-props.ts';
import { Fields } from './fields.tsx';
import { withField } from './object-input.tsx';

/** What a Job calls, and the args that this takes. */
export function CallFields({ path, job }: { path: Path; job: JsonObject }) {
  const { problems, change, isReadOnly } = useEditor();
  const field = Object.hasOwn(job, 'job') ? 'job' : 'pipeline';
  const read = useQuery(libraryQuery(field === 'job' ? 'Job' : 'Pipeline'));
  const library = read.data ?? [];
  const called = library.find(({ name }) => name === job[field]);
  const own = [...path, 'args'];
  const args = isObject(job['args']) ? job['args'] : {};
  const set = (name: string, value: Json | undefined) => {
    const next = withField(args, name, value);
    if (Object.keys(next).length > 0) change(editsBetween(job['args'], next, own), pathMark([...own, name]));
    else if (Object.hasOwn(job, 'args')) change({ op: 'remove', path: own }, pathMark([...own, name]));
  };
  const schema = paramsSchema(called?.parameters ?? []);
  const hasArgs = Object.keys(schema.properties ?? {}).length > 0;
  // While there are no args, that some are missing is a problem of the whole Job.
  const ofAll = problemText(problems.found, path);
  return (
    <>
      <Autocomplete
        size="xs"
        label={field === 'job' ? 'Which Job of the library?' : 'Which Pipeline?'}
        description={called?.description}
        data={library.map(({ name }) => name)}
        value={textField(job, field)}
        disabled={isReadOnly}
        error={problemText(problems.found, [...path, field]) ?? (hasArgs ? undefined : ofAll)}
        data-path={pathMark([...path, field])}
        onChange={(name) => change({ op: 'set', path: [...path, field], value: name }, pathMark([...path, field]))}
      />
      <QuietFailure read={read} what={field === 'job' ? 'Jobs of the library' : 'Pipelines'} />
      {called === undefined || !hasArgs ? null : (
        <FieldGroup
          label="Args"
          description={`What ${called.name} is given`}
          error={problemText(problems.found, own) ?? ofAll}
          path={own}
        >
          <Fields
            key={called.name}
            schema={schema}
            root={schema}
            values={args}
            pathOf={(name) => [...own, name]}
            errorOf={(name) => problemText(problems.found, [...own, name])}
            isReadOnly={isReadOnly}
            isComputable
            onChange={set}
          />
        </FieldGroup>
      )}
    </>
  );
}
