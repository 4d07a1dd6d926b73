'use client';
import { Button, Text } from '@mantine/core';
import { errorText } from '../api/error.ts';
import { Notice } from './notice.tsx';
import { useScheduleChange } from './queries.ts';

/** Somebody changed it with Temporal's own tools; what is shown is what Temporal has. */
export function ChangedOutside({ name }: { name: string }) {
  const putBack = useScheduleChange(name, 'put-back');
  return (
    <Notice color="orange" title="It was changed in Temporal and differs from what is saved">
      <Text size="sm" mb="xs">
        What is shown here is what Temporal goes by. It stays so until the Trigger is saved anew.
      </Text>
      <Button size="xs" variant="default" loading={putBack.isPending} onClick={() => putBack.mutate({})}>
        Put it back as it is saved
      </Button>
      {putBack.error === null ? null : (
        <Text role="alert" size="sm" c="red" mt="xs">
          {errorText(putBack.error)}
        </Text>
      )}
    </Notice>
  );
}
