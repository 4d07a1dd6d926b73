'use client';
import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { errorText } from '../api/error.ts';
import { useTryKey } from '../api/use-try-key.ts';
import { callTrigger } from '../deliveries/queries.ts';
import { deliveryHref } from '../runs/hrefs.ts';

/** Sends a payload that a person wrote, then shows what became of it. */
export function CallTrigger({ name }: { name: string }) {
  const router = useRouter();
  const [asks, setAsks] = useState(false);
  const [text, setText] = useState('{}');
  const [fault, setFault] = useState<string>();
  const keyOf = useTryKey();
  const send = useMutation({
    mutationFn: (payload: unknown) => callTrigger(name, payload, keyOf(payload)),
    onSuccess: ({ delivery }) => router.push(deliveryHref(delivery)),
  });

  function submit() {
    try {
      setFault(undefined);
      send.mutate(JSON.parse(text));
    } catch (error) {
      setFault(`This is no JSON: ${(error as Error).message}`);
    }
  }

  return (
    <>
      <Button onClick={() => setAsks(true)}>Call it</Button>
      <Modal opened={asks} onClose={() => setAsks(false)} title={`Call ${name}`} centered>
        <Textarea
          label="Payload"
          description="JSON, which its Pipelines read as trigger.payload"
          value={text}
          error={fault}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {send.error === null ? null : (
          <Text role="alert" size="sm" c="red" mt="sm">
            {errorText(send.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsks(false)}>
            Cancel
          </Button>
          <Button loading={send.isPending || send.isSuccess} onClick={submit}>
            Call
          </Button>
        </Group>
      </Modal>
    </>
  );
}
