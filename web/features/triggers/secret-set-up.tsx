'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '../api/error.ts';
import { useDefinition } from '../api/queries.ts';
import { makeSecret } from './queries.ts';
import { SecretNote, SetUp } from './set-up.tsx';
import type { TriggerShown } from './spec.ts';

/** How a saved webhook is set up; a secret that the server keeps can be made anew. */
export function SecretSetUp({ trigger: { name, source, events, credential } }: { trigger: TriggerShown }) {
  const [secret, setSecret] = useState<string>();
  const read = useDefinition('Credential', credential ?? '');
  const generated = JSON.stringify(read.data?.spec['data'] ?? {}).includes('"generated"');
  return (
    <SetUp
      name={name}
      source={source}
      events={events}
      secret={secret}
      secretNote={
        generated && credential !== null ? (
          <>
            <SecretNote>Was shown when it was made.</SecretNote>
            <MakeSecret credential={credential} onMade={setSecret} />
          </>
        ) : (
          <SecretNote>The value of the Credential {credential}</SecretNote>
        )
      }
    />
  );
}

function MakeSecret({ credential, onMade }: { credential: string; onMade: (secret: string) => void }) {
  const [asks, setAsks] = useState(false);
  const make = useMutation({
    mutationFn: () => makeSecret(credential),
    onSuccess: ({ value }) => {
      setAsks(false);
      onMade(value);
    },
  });
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setAsks(true)}>
        Make a new secret
      </Button>
      <Modal opened={asks} onClose={() => setAsks(false)} title="Make a new secret?" centered>
        <Text size="sm">The one before no longer counts: what is signed with it is refused from then on.</Text>
        {make.error === null ? null : (
          <Text role="alert" size="sm" c="red" mt="sm">
            {errorText(make.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsks(false)}>
            Keep it
          </Button>
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            Make it
          </Button>
        </Group>
      </Modal>
    </>
  );
}
