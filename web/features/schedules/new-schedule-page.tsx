'use client';
import { Alert, Button, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { isRefusal, refusalTexts } from '../api/error.ts';
import { usePipeline } from '../api/queries.ts';
import page from '../lists/page.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Failure, OrFailure } from '../lists/states.tsx';
import { type FieldErrors, type Fields, initialFields as initialArgs, toParameters } from '../parameters/form-model.ts';
import { ParamInput } from '../parameters/param-input.tsx';
import { PipelineSelect } from '../pipelines/pipeline-select.tsx';
import { scheduleHref } from '../runs/hrefs.ts';
import { initialFields, toSchedule, toTrigger } from './form-model.ts';
import { NextTimes } from './next-times.tsx';
import { usePreview, useSaveTrigger } from './queries.ts';
import classes from './schedules.module.css';
import { WhenInputs } from './when-inputs.tsx';

/** Writes a Trigger that starts a Pipeline by the clock, and shows its next times meanwhile. */
export function NewSchedulePage() {
  const router = useRouter();
  const [pipeline, setPipeline] = useState(useSearchParams().get('pipeline') ?? '');
  const [name, setName] = useState('');
  const [when, setWhen] = useState(() => initialFields(Intl.DateTimeFormat().resolvedOptions().timeZone));
  const [args, setArgs] = useState<Fields>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const chosen = usePipeline(pipeline);
  const params = chosen.data?.parameters ?? [];
  const schedule = toSchedule(when);
  const [shown] = useDebouncedValue(schedule, 300);
  const preview = usePreview(shown);
  const save = useSaveTrigger();

  /** What was wrong with it before says nothing of what it is now. */
  function forget() {
    if (save.isError) save.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const given = toParameters(params, { ...initialArgs(params), ...args });
    const missing = {
      ...(pipeline === '' ? { 'the Pipeline': 'Choose one.' } : {}),
      ...(name.trim() === '' ? { 'the name': 'Give it a name, as nightly.' } : {}),
      ...('errors' in given ? given.errors : {}),
    };
    setErrors(missing);
    if (schedule === undefined || !('parameters' in given) || Object.keys(missing).length > 0) return;
    const trigger = toTrigger(name.trim(), schedule, { pipeline, args: given.parameters });
    save.mutate({ name: name.trim(), trigger }, { onSuccess: () => router.push(scheduleHref(name.trim())) });
  }

  return (
    <>
      <PageHead title="New schedule" />
      <div className={page.columns}>
        <form onSubmit={submit} onChange={forget} noValidate aria-label="New schedule" className={classes.form}>
          <PipelineSelect
            label="Pipeline"
            required
            value={pipeline}
            error={errors['the Pipeline']}
            onChange={(name) => {
              setPipeline(name);
              forget();
            }}
          />
          <OrFailure read={chosen}>
            {params.map((param) => (
              <ParamInput
                key={`${pipeline}/${param.name}`}
                param={param}
                value={args[param.name] ?? initialArgs([param])[param.name] ?? ''}
                error={errors[param.name]}
                onChange={(value) => setArgs((last) => ({ ...last, [param.name]: value }))}
              />
            ))}
          </OrFailure>
          <WhenInputs
            fields={when}
            onChange={(change) => {
              setWhen((last) => ({ ...last, ...change }));
              forget();
            }}
          />
          <TextInput
            label="Name"
            description="Letters, digits, - and _"
            required
            autoComplete="off"
            spellCheck={false}
            value={name}
            error={errors['the name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {save.error === null ? null : (
            <Alert color="red" variant="light" role="alert" title="Nothing was saved">
              {refusalTexts(save.error).map((text) => (
                <p key={text}>{text}</p>
              ))}
            </Alert>
          )}
          <Button
            type="submit"
            loading={save.isPending || save.isSuccess}
            disabled={pipeline !== '' && chosen.data === undefined}
            style={{ alignSelf: 'flex-start' }}
          >
            Save the schedule
          </Button>
        </form>
        <section className={`${page.side} ${classes.side}`} aria-label="Next times" aria-live="polite">
          <Title order={2} size="h5">
            {preview.data === undefined ? 'Next times' : sentence(preview.data.every)}
          </Title>
          {preview.error === null ? null : isRefusal(preview.error) ? (
            <p role="alert">{refusalTexts(preview.error).join(' ')}</p>
          ) : (
            <Failure error={preview.error} onRetry={() => void preview.refetch()} />
          )}
          {preview.data === undefined ? null : (
            <NextTimes next={preview.data.next} timeZone={preview.data.timeZone} label="Next times" />
          )}
        </section>
      </div>
    </>
  );
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
