'use client';
import { NativeSelect } from '@mantine/core';
import type { Json } from '../../../../core/json.ts';
import { statusWords } from '../../status/words.ts';
import classes from '../editor.module.css';
import { FieldGroup } from '../form/field-group.tsx';
import type { JobPlace } from '../jobs.ts';
import { readSample } from './sample.ts';
import { SampleField } from './sample-field.tsx';

const statuses = ['succeeded', 'failed', 'skipped'] as const;
type SampleStatus = (typeof statuses)[number];

/** What a Job before the one that is tried shall have come to. */
export interface Before {
  status: SampleStatus;
  output: string;
}

export const wentWell: Before = { status: 'succeeded', output: '' };

export function readOutput(
  { job }: JobPlace,
  { status, output }: Before,
): { value: Json | undefined } | { error: string } {
  // One that was skipped leaves nothing.
  if (status === 'skipped') return { value: undefined };
  return readSample(output, Object.hasOwn(job, 'for_each') ? 'list' : 'fields');
}

export function BeforeFields({
  place,
  before,
  onChange,
}: {
  place: JobPlace;
  before: Before;
  onChange: (before: Before) => void;
}) {
  const { id, job } = place;
  const read = readOutput(place, before);
  return (
    <FieldGroup label={id} error={undefined} path={['before', id]}>
      <div className={classes.before}>
        <NativeSelect
          size="xs"
          label="Status"
          data={statuses.map((status) => ({ value: status, label: statusWords[status] }))}
          value={before.status}
          onChange={(event) => onChange({ ...before, status: event.currentTarget.value as SampleStatus })}
        />
        <SampleField
          label="Output"
          placeholder={Object.hasOwn(job, 'for_each') ? '- changed: true' : 'changed: true'}
          text={before.output}
          error={'error' in read ? read.error : undefined}
          isOff={before.status === 'skipped'}
          onChange={(output) => onChange({ ...before, output })}
        />
      </div>
    </FieldGroup>
  );
}
