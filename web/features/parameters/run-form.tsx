'use client';
import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { JsonObject } from '../../../core/json.ts';
import type { Param } from '../../../core/plan.ts';
import { api } from '../api/client.ts';
import { ApiError, errorText } from '../api/error.ts';
import { useTryKey } from '../api/use-try-key.ts';
import { runHref } from '../runs/hrefs.ts';
import { type FieldErrors, initialFields, serverErrors, toParameters } from './form-model.ts';
import { ParamInput } from './param-input.tsx';
import { PriorityInput } from './priority-input.tsx';

/** Starts a run with the parameters that the Pipeline takes, then opens it. */
export function RunForm({
  pipeline,
  params,
  given,
}: {
  pipeline: string;
  params: readonly Param[];
  given?: JsonObject;
}) {
  const router = useRouter();
  const [fields, setFields] = useState(() => initialFields(params, given));
  const [priority, setPriority] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<string[]>([]);
  const keyOf = useTryKey();
  const start = useMutation({
    mutationFn: (parameters: JsonObject) => {
      const body = priority === '' ? { parameters } : { parameters, priority: Number(priority) };
      return api.startRun(pipeline, body, keyOf(body));
    },
    onSuccess: (run) => router.push(runHref(run)),
    onError: (error) => {
      const sorted =
        error instanceof ApiError && error.problem ? serverErrors(error.problem, params) : { errors: {}, rest: [] };
      setErrors(sorted.errors);
      const placed = Object.keys(sorted.errors).length > 0;
      setRefusal(sorted.rest.length > 0 ? sorted.rest : placed ? [] : [errorText(error)]);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const made = toParameters(params, fields);
    setRefusal([]);
    setErrors('errors' in made ? made.errors : {});
    if ('parameters' in made) start.mutate(made.parameters);
  }

  function change(name: string, value: string | boolean) {
    setFields((last) => ({ ...last, [name]: value }));
    setErrors((last) => Object.fromEntries(Object.entries(last).filter(([other]) => other !== name)));
  }

  return (
    <form onSubmit={submit} noValidate aria-label={`Run ${pipeline}`}>
      <Stack gap="sm" align="stretch">
        {params.map((param) => (
          <ParamInput
            key={param.name}
            param={param}
            value={fields[param.name] ?? ''}
            error={errors[param.name]}
            onChange={(value) => change(param.name, value)}
          />
        ))}
        <PriorityInput value={priority} onChange={setPriority} />
        {refusal.length === 0 ? null : (
          <Alert color="red" variant="light" role="alert" title="This run was not started">
            {refusal.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Alert>
        )}
        <Button type="submit" loading={start.isPending || start.isSuccess} style={{ alignSelf: 'flex-start' }}>
          Run
        </Button>
      </Stack>
    </form>
  );
}
