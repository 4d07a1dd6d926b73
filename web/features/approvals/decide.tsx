'use client';
import { Button, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovalItem } from '../../../core/api/objects.ts';
import { api } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import classes from './approvals.module.css';

/** Comment, reject, approve; in place, wherever an approval is shown. */
export function Decide({ item }: { item: ApprovalItem }) {
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const decision = useMutation({
    mutationFn: (verdict: 'approve' | 'reject') => api.decide(item.id, verdict, comment.trim()),
    onSettled: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
  const busy = decision.isPending || decision.isSuccess;
  return (
    <div className={classes.decide}>
      <TextInput
        aria-label="Comment"
        placeholder="Comment"
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        className={classes.comment}
      />
      <Button
        variant="default"
        disabled={busy}
        loading={busy && decision.variables === 'reject'}
        onClick={() => decision.mutate('reject')}
      >
        Reject
      </Button>
      <Button
        disabled={busy}
        loading={busy && decision.variables === 'approve'}
        onClick={() => decision.mutate('approve')}
      >
        Approve
      </Button>
      {decision.error === null ? null : (
        <Text role="alert" size="sm" c="red" className={classes.error}>
          {errorText(decision.error)}
        </Text>
      )}
    </div>
  );
}
