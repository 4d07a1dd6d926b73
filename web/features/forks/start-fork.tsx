'use client';
import { Alert, Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { ForkPlan, ForkVersion } from '../../../core/api/forks.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Param } from '../../../core/plan.ts';
import { api } from '../api/client.ts';
import { ApiError, errorText } from '../api/error.ts';
import { useTryKey } from '../api/use-try-key.ts';
import { type FieldErrors, type Fields, serverErrors } from '../parameters/form-model.ts';
import { ParamInput } from '../parameters/param-input.tsx';
import { runHref } from '../runs/hrefs.ts';
import { changedParameters, forkFields, formerValues } from './fork-form.ts';
import { ForkOutlook } from './fork-outlook.tsx';
import classes from './forks.module.css';

interface Props {
  runKey: string;
  plan: ForkPlan;
  fork: { from?: string; version: ForkVersion };
  edits: Fields;
  onEdit: (name: string, value: string | boolean) => void;
  onFrom: (path: string) => void;
  onClose: () => void;
}

/** Parameters, what the fork does, and its start. */
export function StartFork({ runKey, plan, fork, edits, onEdit, onFrom, onClose }: Props) {
  const router = useRouter();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<string[]>([]);
  const keyOf = useTryKey();
  const fields = { ...forkFields(plan), ...edits };
  const start = useMutation({
    mutationFn: (parameters: JsonObject) => {
      const body = { ...fork, parameters };
      return api.fork(runKey, body, keyOf(body));
    },
    onSuccess: (run) => {
      router.push(runHref(run));
      onClose();
    },
    onError: (error) => {
      const problem = error instanceof ApiError ? error.problem : undefined;
      const sorted = problem === undefined ? { errors: {}, rest: [] } : serverErrors(problem, plan.params);
      setErrors(sorted.errors);
      const isPlaced = Object.keys(sorted.errors).length > 0 && sorted.rest.length === 0;
      setRefusal(isPlaced ? [] : [errorText(error)]);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const made = changedParameters(plan, fields);
    setRefusal([]);
    setErrors('errors' in made ? made.errors : {});
    if ('parameters' in made) start.mutate(made.parameters);
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Fork" className={classes.dialog}>
      {plan.params.map((param) => (
        <ParamInput
          key={param.name}
          param={shown(param, plan.parameters)}
          value={fields[param.name] ?? ''}
          error={errors[param.name]}
          onChange={(value) => onEdit(param.name, value)}
        />
      ))}
      <ForkOutlook plan={plan} former={formerValues(plan, fields)} onFrom={onFrom} />
      {refusal.length === 0 ? null : (
        <Alert color="red" variant="light" role="alert" title="The fork was not started">
          {refusal.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={start.isPending || start.isSuccess} disabled={plan.problems.length > 0}>
          Start the fork
        </Button>
      </Group>
    </form>
  );
}

/** A secret value that is kept is not shown, and need not be given again. */
function shown(param: Param, given: JsonObject): Param {
  if (param.secret !== true || !Object.hasOwn(given, param.name)) return param;
  return { ...param, default: '', description: 'Kept as it was, unless you give another.' };
}
