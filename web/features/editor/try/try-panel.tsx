'use client';
import { Alert, Anchor, Button, Drawer, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import { Param } from '../../../../core/plan.ts';
import { errorText } from '../../api/error.ts';
import { initialFields, toParameters } from '../../parameters/form-model.ts';
import { ParamInput } from '../../parameters/param-input.tsx';
import { editorApi, type Samples } from '../editor-api.ts';
import { yamlText } from '../form/yaml-value.ts';
import type { JobPlace } from '../jobs.ts';
import { useEditor } from '../use-editor.ts';
import { textField } from '../use-vocabulary.ts';
import { type Before, BeforeFields, readOutput, wentWell } from './before-fields.tsx';
import { readSample } from './sample.ts';
import { SampleField } from './sample-field.tsx';
import { TriedRun } from './tried-run.tsx';
import { exampleTrigger, triggerReads, triggerReadsOf } from './trigger-sample.ts';
import { upstreamOf } from './upstream.ts';

/** Runs one Job of the text as it stands, with sample values; nothing is saved. Null: the Job that the document is. */
export function TryPanel({ place, onClose }: { place: JobPlace | null; onClose: () => void }) {
  const { text, json, kind, jobs } = useEditor();
  const document = isObject(json) ? json : {};
  const params = Param.array().safeParse(document[kind === 'Pipeline' ? 'parameters' : 'params'] ?? []).data ?? [];
  const before = place === null ? [] : upstreamOf(jobs, place);
  const [fields, setFields] = useState(() => initialFields(params));
  const reads = place === null ? triggerReads(json) : triggerReadsOf(jobs, place);
  const [given, setGiven] = useState<Record<string, Before>>({});
  const [triggerText, setTriggerText] = useState('');
  const trigger = readSample(reads.length === 0 ? '' : triggerText);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const start = useMutation({
    mutationFn: (samples: Samples) =>
      editorApi.try({ content: text, ...samples, ...(place === null ? {} : { job: place.id }) }),
  });
  const of = ({ id }: JobPlace) => given[id] ?? wentWell;
  function run() {
    const made = toParameters(params, fields);
    setErrors('errors' in made ? made.errors : {});
    // What is wrong with a sample stands at its field already.
    const ended = before.map((each) => ({ id: each.id, ...of(each), read: readOutput(each, of(each)) }));
    const outputs = ended.flatMap(({ id, read }) =>
      'value' in read && read.value !== undefined ? [[id, read.value] as const] : [],
    );
    if ('errors' in made || 'error' in trigger || ended.some(({ read }) => 'error' in read)) return;
    start.mutate({
      parameters: made.parameters,
      trigger: isObject(trigger.value) ? trigger.value : {},
      outputs: Object.fromEntries(outputs),
      statuses: Object.fromEntries(ended.flatMap(({ id, status }) => (status === 'succeeded' ? [] : [[id, status]]))),
    });
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
        {reads.length === 0 ? null : (
          <SampleField
            label="Trigger"
            description={
              <>
                What began the run, as YAML or JSON.{' '}
                <Anchor
                  component="button"
                  type="button"
                  inherit
                  onClick={() => setTriggerText(yamlText(exampleTrigger(reads)))}
                >
                  Fill in an example
                </Anchor>
              </>
            }
            placeholder={yamlText(exampleTrigger(reads))}
            text={triggerText}
            error={'error' in trigger ? trigger.error : undefined}
            onChange={setTriggerText}
          />
        )}
        {before.map((each) => (
          <BeforeFields
            key={each.id}
            place={each}
            before={of(each)}
            onChange={(next) => setGiven((last) => ({ ...last, [each.id]: next }))}
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
        {start.data === undefined ? null : <TriedRun key={start.data.id} run={start.data} job={place?.id} />}
      </Stack>
    </Drawer>
  );
}
