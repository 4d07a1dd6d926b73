'use client';
import { Alert, Button, Drawer, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { Param } from '../../../../core/plan.ts';
import { errorText } from '../../api/error.ts';
import { initialFields, toParameters } from '../../parameters/form-model.ts';
import { ParamInput } from '../../parameters/param-input.tsx';
import { editorApi } from '../editor-api.ts';
import { YamlField } from '../form/inputs.tsx';
import { withField } from '../form/object-input.tsx';
import type { JobPlace } from '../jobs.ts';
import { useEditor } from '../use-editor.ts';
import { textField } from '../use-vocabulary.ts';
import { TriedRun } from './tried-run.tsx';
import { upstreamOf } from './upstream.ts';

/** Runs one Job of the text as it stands, with sample values; nothing is saved. Null: the Job that the document is. */
export function TryPanel({ place, onClose }: { place: JobPlace | null; onClose: () => void }) {
  const { text, json, kind, jobs } = useEditor();
  const document = isObject(json) ? json : {};
  const params = Param.array().safeParse(document[kind === 'Pipeline' ? 'parameters' : 'params'] ?? []).data ?? [];
  const before = place === null ? [] : upstreamOf(jobs, place);
  const [fields, setFields] = useState(() => initialFields(params));
  const [outputs, setOutputs] = useState<Record<string, Json>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const start = useMutation({
    mutationFn: (parameters: Record<string, Json>) =>
      editorApi.try({ content: text, parameters, outputs, ...(place === null ? {} : { job: place.id }) }),
  });
  function run() {
    const made = toParameters(params, fields);
    setErrors('errors' in made ? made.errors : {});
    if ('parameters' in made) start.mutate(made.parameters);
  }
  const name = place === null ? textField(document, 'name') : place.name;
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`Try ${name}`}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Runs this Job alone, as it is written now. Nothing is saved.
        </Text>
        {params.map((param) => (
          <ParamInput
            key={param.name}
            param={param}
            value={fields[param.name] ?? ''}
            error={errors[param.name]}
            onChange={(value) => setFields((last) => ({ ...last, [param.name]: value }))}
          />
        ))}
        {before.map(({ id }) => (
          <YamlField
            key={id}
            label={`Output of ${id}`}
            description="A sample, as changed: true"
            path={['outputs', id]}
            value={outputs[id]}
            isRequired={false}
            isReadOnly={false}
            error={undefined}
            onChange={(value) => setOutputs((last) => withField(last, id, value))}
          />
        ))}
        {start.error === null ? null : (
          <Alert color="red" variant="light" role="alert" title="This was not started">
            {errorText(start.error)}
          </Alert>
        )}
        <Button loading={start.isPending} onClick={run} style={{ alignSelf: 'flex-start' }}>
          Run this Job
        </Button>
        {start.data === undefined ? null : <TriedRun key={start.data.id} run={start.data} />}
      </Stack>
    </Drawer>
  );
}
