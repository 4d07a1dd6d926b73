'use client';
import { Button, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovalItem, Decision } from '../../../core/api/approvals.ts';
import { api } from '../api/client.ts';
import { ApiError, errorText } from '../api/error.ts';
import { later } from '../later/later.tsx';
import lists from '../lists/lists.module.css';
import { type FieldErrors, initialFields, serverErrors, toParameters } from '../parameters/form-model.ts';
import classes from './approvals.module.css';

const Fields = later(() => import('./fields.tsx').then((room) => room.Fields));

/** Fields, comment, reject, approve; in place, wherever an approval is shown. */
export function Decide({ item, disabled }: { item: ApprovalItem; disabled: boolean }) {
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const [fields, setFields] = useState(() => initialFields(item.fields));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<string>();
  // Whoever approved first has filled them in, and others approve that, too.
  const asked = item.values === null ? item.fields : [];
  const decision = useMutation({
    mutationFn: (body: Decision) => api.decide(item.id, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
    onError: (error) => {
      const sorted = error instanceof ApiError && error.problem ? serverErrors(error.problem, asked) : undefined;
      setErrors(sorted?.errors ?? {});
      setRefusal(Object.keys(sorted?.errors ?? {}).length > 0 ? undefined : errorText(error));
    },
  });
  const busy = decision.isPending || decision.isSuccess || disabled;

  function decide(verdict: Decision['verdict']) {
    const made = verdict === 'approve' ? toParameters(asked, fields) : { parameters: {} };
    setErrors('errors' in made ? made.errors : {});
    if ('errors' in made) return;
    const said = comment.trim();
    decision.mutate({
      verdict,
      digest: item.digest,
      ...(said === '' ? {} : { comment: said }),
      ...(verdict === 'approve' && asked.length > 0 ? { fields: made.parameters } : {}),
    });
  }

  if (item.refusal !== null) return <p className={`${lists.quiet} ${classes.refusal}`}>{item.refusal}</p>;
  const button = (verdict: Decision['verdict'], label: string, variant: 'default' | 'filled') => (
    <Button
      variant={variant}
      disabled={busy}
      loading={decision.variables?.verdict === verdict && (decision.isPending || decision.isSuccess)}
      onClick={() => decide(verdict)}
    >
      {label}
    </Button>
  );
  return (
    <div className={classes.form}>
      {asked.length === 0 ? null : (
        <Fields
          params={asked}
          values={fields}
          errors={errors}
          onChange={(changed, value) => {
            setFields((last) => ({ ...last, [changed]: value }));
            setErrors((last) => Object.fromEntries(Object.entries(last).filter(([name]) => name !== changed)));
          }}
        />
      )}
      <div className={classes.decide}>
        <TextInput
          aria-label="Comment"
          placeholder="Comment"
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          className={classes.comment}
        />
        {button('reject', 'Reject', 'default')}
        {button('approve', 'Approve', 'filled')}
      </div>
      {refusal === undefined ? null : (
        <Text role="alert" size="sm" c="red">
          {refusal}
        </Text>
      )}
    </div>
  );
}
